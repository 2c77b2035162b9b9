/* The texts that this browser keeps: list them, write a fiche without network, take it over in a draft. */

import { OFFLINE, account, forget, get, list, nameDevice, put, settle, sweep } from "./appareil.js";

const PAUSE = 300; /* milliseconds without typing before the text is kept */
const EXCERPT = 120;

const hour = (time) => new Date(time).toLocaleTimeString("fr", { hour: "2-digit", minute: "2-digit" });

/* --- List of the texts that the server does not have --- */
async function show(place) {
  if (navigator.onLine) await Promise.all(list().map(settle));
  const names = list().filter((name) => get(name)?.page);
  const rows = place.querySelector("ul");
  for (const name of names) {
    const entry = get(name);
    const row = place.querySelector("template").content.firstElementChild.cloneNode(true);
    const link = row.querySelector("a");
    link.href = entry.page;
    link.textContent = Object.values(entry.champs).find((text) => text.trim())?.trim().slice(0, EXCERPT) || "…";
    row.querySelector("[data-quand]").textContent = new Date(entry.le).toLocaleString("fr", {
      day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
    });
    row.querySelector("button").addEventListener("click", () => {
      if (!confirm(place.dataset.question)) return;
      forget(name);
      row.remove();
      place.hidden = !rows.children.length;
    });
    rows.append(row);
  }
  place.hidden = !rows.children.length;
}

/* --- The form of the offline page --- */
function write(place) {
  const form = place.querySelector("form");
  const fields = [...form.querySelectorAll("input, textarea")];
  const state = form.querySelector(".etat-garde");
  const reached = place.querySelector("[data-continuer]");
  const entry = get(OFFLINE) || {};
  let timer;
  place.hidden = false;
  place.querySelector("[data-reessayer]").addEventListener("click", () => location.reload());
  if (!account) {
    place.querySelector("[data-inconnu]").hidden = false;
    return;
  }
  form.hidden = false;
  fields.forEach((field) => { field.value = entry.champs?.[field.name] ?? field.value.trim(); });
  const keep = () => {
    const champs = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    const cle = get(OFFLINE)?.cle || crypto.randomUUID();
    const kept = put(OFFLINE, { champs, cle, page: reached.getAttribute("href") });
    const sentence = kept ? nameDevice(state.dataset.garde, place.dataset) : state.dataset.perdu;
    state.textContent = sentence.replace("{heure}", hour(Date.now()));
    state.dataset.etat = kept ? "serveur" : "perdu";
  };
  const update = () => { reached.hidden = !navigator.onLine || !get(OFFLINE); };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { keep(); update(); }, PAUSE);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("visibilitychange", () => { if (timer) keep(); });
  addEventListener("online", update);
  addEventListener("offline", update);
  update();
}

/* --- «Déposer une fiche»: the text goes with the form, and its key makes a second sending harmless --- */
function takeOver(place) {
  const entry = get(OFFLINE);
  const form = place.closest("form");
  if (!entry || !form) return;
  const fill = (source) => {
    Object.entries(source).forEach(([name, text]) => { if (form.elements[name]) form.elements[name].value = text; });
  };
  const own = form.elements.cle.value;
  fill({ ...entry.champs, cle: entry.cle });
  place.querySelector("[data-titre]").textContent = entry.champs.titre || entry.champs.probleme.slice(0, EXCERPT);
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => {
    if (!confirm(place.dataset.question)) return;
    forget(OFFLINE);
    fill({ ...Object.fromEntries(Object.keys(entry.champs).map((name) => [name, ""])), cle: own });
    place.hidden = true;
  });
}

sweep();
document.querySelectorAll("[data-ecrire]").forEach(write);
document.querySelectorAll("[data-gardes]").forEach(show);
document.querySelectorAll("[data-reprendre]").forEach(takeOver);
