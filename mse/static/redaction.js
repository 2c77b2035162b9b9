/* While an answer is written: keep the draft, insert a template without leaving the page. */

const PAUSE = 2500; /* milliseconds without typing before the draft is kept */
const AGAIN = 20000; /* before a failed save is tried again */

/* The files are sent once, by the button that the person presses */
function readText(form, button) {
  const data = new FormData(form, button);
  data.delete("fichiers");
  return data;
}

function write(place) {
  const form = place.closest("form");
  const field = form?.elements.texte;
  if (!field) return;
  const state = document.createElement("p");
  state.className = "meta etat-brouillon";
  field.after(state);
  let kept = field.value;
  let timer;
  let saving = null;
  let begun = false; /* the cursor is where the person put it */

  const post = (url, button) => fetch(url, {
    method: "POST",
    body: readText(form, button),
    headers: { Accept: "text/plain" },
    signal: (saving = new AbortController()).signal,
  });

  async function keep() {
    const text = field.value;
    if (text === kept || form.dataset.envoi) return;
    let answer;
    try {
      answer = await post(place.dataset.brouillon);
    } catch {
      if (form.dataset.envoi) return;
    }
    if (answer?.ok) {
      kept = text;
      field.defaultValue = text; /* leaving the page loses nothing */
      const when = await answer.text();
      state.textContent = when ? place.dataset.garde.replace("{quand}", when) : "";
      if (field.value !== text) wait(PAUSE);
    } else if (answer && [401, 403, 404].includes(answer.status)) {
      state.textContent = place.dataset.ferme;
    } else {
      state.textContent = place.dataset.perdu;
      wait(AGAIN);
    }
  }

  function wait(time) {
    clearTimeout(timer);
    timer = setTimeout(keep, time);
  }

  field.addEventListener("input", () => wait(PAUSE));
  field.addEventListener("focus", () => { begun = true; });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    saving?.abort();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });

  form.querySelectorAll("button[data-modele]").forEach((button) => {
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      if (!button.value && !form.elements.autre_modele.value) {
        form.elements.autre_modele.focus();
        return;
      }
      const answer = await post(button.formAction, button).catch(() => null);
      if (!answer?.ok) {
        form.requestSubmit(button); /* the page says why */
        return;
      }
      const text = await answer.text();
      const end = field.value.length;
      const before = field.value.slice(0, begun ? field.selectionStart : end).trimEnd();
      const after = field.value.slice(begun ? field.selectionStart : end).trimStart();
      const start = before ? `${before}\n\n` : "";
      field.value = `${start}${text}${after ? `\n\n${after}` : ""}`;
      field.setSelectionRange(start.length, start.length);
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
}

document.querySelectorAll(".aide-redaction").forEach(write);
