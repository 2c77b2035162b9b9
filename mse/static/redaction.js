/* While an answer is written: insert a template without leaving the page. autosave.js keeps the text. */

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
  let begun = false; /* the cursor is where the person put it */
  field.addEventListener("focus", () => { begun = true; });

  form.querySelectorAll("button[data-modele]").forEach((button) => {
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      if (!button.value && !form.elements.autre_modele.value) {
        form.elements.autre_modele.focus();
        return;
      }
      const answer = await fetch(button.formAction, {
        method: "POST",
        body: readText(form, button),
        headers: { Accept: "text/plain" },
      }).catch(() => null);
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
