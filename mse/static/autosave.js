/* Keep what is typed: on the server while it answers, else in this browser until the server has it.
   The place: an element with data-autosave (URL) and data-champs (names) in the form. Its texts are data-*. */

import { OFFLINE, account, equal, forget, get, list, nameDevice, put, settle, sweep, tidy } from "./appareil.js";

const PAUSE = 2500; /* milliseconds without typing before a save */
const AGAIN = 20000; /* before a failed save is tried again */
const PATIENCE = 10000; /* before a request is given up */
const LARGE = 15000; /* characters that a request may have to outlive its page */

function write(place) {
  const form = place.closest("form");
  const texts = place.dataset;
  const fields = texts.champs.split(" ").map((name) => form.elements[name]).filter(Boolean);
  if (!fields.length) return;
  (fields.at(-1).closest(".champ") || fields.at(-1)).after(place);
  const advice = form.querySelector("[data-conseils]");
  if (advice) place.after(advice);
  const path = texts.autosave; /* a page may show the form of several objects in turn */
  const version = form.elements.version;
  const state = place.querySelector(".etat-garde");
  const sent = []; /* texts whose answer was lost: the server may have them */
  const panels = new Set();
  const waits = texts.attend !== undefined; /* for a button: the person has a conflict to read */
  let base = Object.fromEntries(fields.map((field) => [field.name, field.defaultValue]));
  let saved = texts.refuse === undefined ? base : {};
  let timer;
  let busy = null;
  let closed = false;

  if (version) version.value = version.defaultValue; /* not the one that the browser brings back */

  const read = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const isSaved = () => fields.every((field) => field.value === saved[field.name]);
  const keepHere = () => put(path, { champs: read(), version: version?.value, page: texts.page });

  function say(kind, phrase, link) {
    const sentence = nameDevice(phrase, texts);
    state.dataset.etat = kind;
    if (state.textContent !== sentence) state.textContent = sentence; /* not read aloud at each save */
    if (link) state.append(" ", link);
  }

  function sayKept(kept, sentence, link) {
    if (kept) {
      fields.forEach((field) => { field.defaultValue = field.value; }); /* leaving the page loses nothing */
      say("ici", sentence, link);
    } else {
      say("perdu", texts.perdu, link);
    }
  }

  function signIn() {
    const link = document.createElement("a");
    link.href = texts.connexion;
    link.textContent = texts.entrer;
    return link;
  }

  function wait(time) {
    clearTimeout(timer);
    timer = setTimeout(save, time);
  }

  async function send() {
    const data = new FormData();
    for (const name of ["csrf_token", "version", ...fields.map((field) => field.name)]) {
      if (form.elements[name]) data.append(name, form.elements[name].value);
    }
    const answer = await fetch(texts.autosave, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json" },
      keepalive: JSON.stringify(read()).length < LARGE,
      signal: AbortSignal.timeout(PATIENCE),
    });
    return [answer.status, await answer.json()];
  }

  async function save() {
    clearTimeout(timer);
    if (closed || busy || isSaved()) return;
    const kept = keepHere();
    if (waits || panels.size || form.dataset.envoi) return;
    if (!navigator.onLine) {
      sayKept(kept, texts.ici);
      return;
    }
    const text = read();
    busy = send();
    try {
      let [status, body] = await busy;
      if (status === 400 && body.jeton && body.compte === account) { /* signed in again in another window */
        document.querySelectorAll("input[name=csrf_token]").forEach((field) => { field.value = body.jeton; });
        [status, body] = await (busy = send());
      }
      receive(status, body, text, kept);
    } catch {
      sent.push(text);
      sayKept(kept, texts.ici);
      wait(AGAIN);
    } finally {
      busy = null;
    }
  }

  /* The hints come with the answer of the server, which alone knows their rules. */
  function advise(hints) {
    if (!advice || !hints || hints.join() === [...advice.children].map((hint) => hint.textContent).join()) return;
    advice.replaceChildren(...hints.map((hint) => Object.assign(document.createElement("p"), { textContent: hint })));
  }

  function receive(status, body, text, kept) {
    if (status === 200) {
      saved = text;
      base = body;
      if (version && body.version) version.value = body.version;
      fields.forEach((field) => { field.defaultValue = text[field.name]; });
      say("serveur", body.garde);
      document.querySelector(".progres .garde")?.lastChild.replaceWith(body.garde);
      if (isSaved()) forget(path);
      else wait(PAUSE);
      advise(body.conseils);
    } else if (status === 409 && body.actuel) {
      meet(body.actuel);
    } else if (status === 401) {
      sayKept(kept, texts.session, signIn());
      wait(AGAIN);
    } else if (status === 413 || status === 422) {
      say("refus", body.phrase);
    } else if (status === 429 || status >= 500) {
      sayKept(kept, texts.attente);
      wait(AGAIN);
    } else {
      closed = true;
      say("perdu", `${body.phrase} ${texts.ferme}`);
    }
  }

  function finish() {
    if (!isSaved()) return save();
    forget(path);
    return say("serveur", texts.enregistre);
  }

  /* Somebody else, or another device, changed the step. What both changed is shown to be chosen. */
  function meet(current) {
    const mine = (field) => sent.some((text) => tidy(text[field.name]) === tidy(current[field.name]));
    const adopt = () => {
      version.value = current.version;
      base = current;
      saved = Object.fromEntries(fields.map((field) => [field.name, String(current[field.name] ?? "")]));
      finish();
    };
    for (const field of fields) {
      const theirs = String(current[field.name] ?? "");
      if (tidy(theirs) === tidy(field.value) || tidy(theirs) === tidy(base[field.name]) || mine(field)) continue;
      if (field.value === saved[field.name]) field.value = theirs;
      else choose(field, theirs, texts.autre, adopt);
    }
    if (!panels.size) adopt();
    else say("choix", texts.choisir);
  }

  /* Show another text below the field, with a button for each, and one for both. */
  function choose(field, other, title, done) {
    const panel = place.querySelector("template").content.firstElementChild.cloneNode(true);
    panel.querySelector("[data-titre]").textContent = nameDevice(title, texts);
    panel.querySelector("[data-texte]").textContent = other;
    panel.setAttribute("aria-label", panel.querySelector("[data-titre]").textContent);
    if (field.tagName !== "TEXTAREA") panel.querySelector("[value=deux]").remove();
    panel.addEventListener("click", (event) => {
      const choice = event.target.closest("button")?.value;
      if (!choice) return;
      if (choice === "autre") field.value = other;
      if (choice === "deux") field.value = `${field.value.trimEnd()}\n\n${other}`;
      panel.remove();
      panels.delete(panel);
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      if (!panels.size) done();
    });
    panels.add(panel);
    field.after(panel);
  }

  /* A text of this browser that the server did not get: closed tab, expired session, dead network. */
  function find() {
    const entry = get(path);
    if (!entry || texts.refuse !== undefined) return;
    if (equal(entry.champs, base)) {
      forget(path);
    } else if (entry.version === version?.value) {
      fields.forEach((field) => { field.value = entry.champs[field.name] ?? field.value; });
      say("ici", texts.retrouve);
      save();
    } else {
      for (const field of fields) {
        const other = entry.champs[field.name] ?? "";
        if (tidy(other) !== tidy(field.value)) choose(field, other, texts.trouve, finish);
      }
    }
  }

  form.addEventListener("input", (event) => {
    if (!fields.includes(event.target)) return;
    keepHere();
    wait(PAUSE);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    const kept = isSaved() || keepHere();
    if (!navigator.onLine) {
      event.preventDefault();
      sayKept(kept, texts.ici);
      return;
    }
    if (event.submitter?.dataset.apresGarde !== undefined) save(); /* the page comes back with a longer text */
    if (busy) { /* else the server would take this text for that of another device */
      event.preventDefault();
      const button = event.submitter;
      busy.catch(() => null).then(() => setTimeout(() => {
        if (!panels.size) form.requestSubmit(button);
      }));
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  addEventListener("online", () => save());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  find();
  list().filter((other) => other !== path).forEach(settle);
  if (texts.cle && get(OFFLINE)?.cle === texts.cle) forget(OFFLINE); /* this draft has its text */
}

sweep();
document.querySelectorAll("[data-autosave]").forEach(write);
