/* While the problem and its title are typed: show the nearest fiches. Nothing is saved. */

const PAUSE = 700; /* milliseconds without typing before the site is asked */
const SHORTEST = 12; /* characters, below which a text says too little */

function watch(place) {
  const form = document.querySelector("form textarea[name=probleme]")?.form;
  if (!form) return;
  let timer;
  let asking = null;
  let asked = "";

  async function ask() {
    const titre = form.elements.titre.value.trim();
    const probleme = form.elements.probleme.value.trim();
    const text = `${titre}\n${probleme}`;
    if (text === asked || text.length < SHORTEST || form.dataset.envoi) return;
    asked = text;
    asking?.abort();
    asking = new AbortController();
    const data = new FormData();
    for (const name of ["csrf_token", "titre", "probleme"]) data.set(name, form.elements[name].value);
    try {
      const answer = await fetch(place.dataset.pareilles, { method: "POST", body: data, signal: asking.signal });
      if (answer.ok) show(await answer.text());
    } catch {
      asked = ""; /* no network: ask again at the next pause */
    }
  }

  function show(html) {
    place.innerHTML = html;
    announce(place.querySelector("h2")?.textContent.trim());
    if (html.trim() && !form.elements.pareilles_vues) {
      const seen = document.createElement("input");
      seen.type = "hidden";
      seen.name = "pareilles_vues";
      seen.value = "1";
      form.append(seen);
    }
  }

  /* The fiches stand below the form: say above its button that they are there. */
  function announce(title) {
    const line = form.querySelector("[data-vers-pareilles]");
    if ((line.textContent || "") === (title || "")) return;
    line.replaceChildren();
    if (!title) return;
    const link = document.createElement("a");
    link.href = `#${place.id}`;
    link.textContent = title;
    line.append(link);
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  ask();
}

for (const place of document.querySelectorAll("[data-pareilles]")) watch(place);
