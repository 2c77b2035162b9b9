/* Small comforts. Every page works without this file; nothing here decides anything. */

const page = document.documentElement;

/* The sentences come with the field (data-*), so that they are translated with the page. */
const phrase = (field, name, number) => (field.dataset[name] || "").replace("{n}", number);

/* --- «Apparence» in the footer becomes a switch --- */
function themeSwitch() {
  const link = document.querySelector("a[data-apparence]");
  if (!link) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "lien-bouton";
  const paint = () => {
    button.textContent = page.dataset.bsTheme === "dark" ? link.dataset.clair : link.dataset.sombre;
  };
  button.addEventListener("click", () => {
    page.dataset.bsTheme = page.dataset.bsTheme === "dark" ? "light" : "dark";
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${page.dataset.bsTheme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    paint();
  });
  paint();
  const item = document.createElement("li");
  item.append(button);
  link.closest("li").before(item);
}

/* --- Characters left: shown at once, spoken when the typing pauses --- */
function counter(field) {
  const maximum = Number(field.dataset.maximum || field.getAttribute("maxlength"));
  const minimum = Number(field.dataset.minimum || 0);
  if (!maximum || !field.dataset.reste) return;
  const shown = document.createElement("p");
  shown.className = "compteur";
  shown.setAttribute("aria-hidden", "true");
  const spoken = document.createElement("p");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  field.after(shown, spoken);
  let pause;
  const sentence = () => {
    /* counted as the server counts: trimmed; for the minimum, what a reader sees */
    const text = field.value.normalize("NFC").trim();
    const length = [...text].length;
    const seen = [...text.replace(/[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu, " ").trim()].length;
    if (length > maximum) return phrase(field, "trop", (length - maximum).toLocaleString("fr"));
    if (minimum > 1 && seen < minimum) return phrase(field, "encore", minimum - seen);
    return phrase(field, "reste", (maximum - length).toLocaleString("fr"));
  };
  const update = (event) => {
    shown.textContent = sentence();
    clearTimeout(pause);
    if (event) pause = setTimeout(() => { spoken.textContent = shown.textContent; }, 1500);
  };
  field.addEventListener("input", update);
  addEventListener("pageshow", () => update());
  update();
}

/* --- A password can be looked at while it is typed --- */
function reveal(field) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "lien-bouton voir-mot-de-passe";
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  const paint = () => {
    const hidden = field.type === "password";
    button.textContent = phrase(field, hidden ? "voir" : "cacher");
    if (label) button.setAttribute("aria-label", `${button.textContent} : ${label.firstChild.textContent.trim()}`);
  };
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    paint();
  });
  /* sent as a password, so that no browser remembers it as a plain text */
  if (field.form) field.form.addEventListener("submit", () => { field.type = "password"; paint(); });
  paint();
  field.after(button);
}

/* --- A file too heavy is said before it is sent: a phone's network is slow --- */
function weigh(field) {
  const warning = document.createElement("p");
  warning.className = "erreur";
  warning.setAttribute("role", "alert");
  field.before(warning);
  field.addEventListener("change", () => {
    const heavy = [...field.files].filter((file) => file.size > Number(field.dataset.octets));
    warning.textContent = heavy.map((file) => phrase(field, "lourd", file.name)).join(" ");
  });
}

/* --- A button where the words say how to print --- */
function printer(place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "bouton";
  button.textContent = place.dataset.imprimer;
  button.addEventListener("click", () => print());
  place.prepend(button);
}

/* --- What a worker does is followed; without this, a link reads the page again --- */
async function follow(place) {
  const fresh = await fetch(location.href).then((answer) => answer.text(), () => "");
  const part = new DOMParser().parseFromString(fresh, "text/html").getElementById(place.id);
  if (part) place.replaceWith(part);
  const next = part || place;
  if (next.dataset.suivre) setTimeout(follow, next.dataset.suivre, next);
}

/* --- One click sends once. The server refuses doubles too: this only spares a surprise --- */
function release() {
  document.querySelectorAll("form[data-envoi]").forEach((form) => delete form.dataset.envoi);
  document.querySelectorAll("[data-eteint]").forEach((button) => {
    button.disabled = false;
    delete button.dataset.eteint;
  });
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.envoi) {
    event.preventDefault();
    return;
  }
  form.dataset.envoi = "1";
  /* after the browser has read the form: a disabled button would not be sent */
  setTimeout(() => {
    form.querySelectorAll("button:not([type=button]):enabled").forEach((button) => {
      button.disabled = true;
      button.dataset.eteint = "1";
    });
  });
  setTimeout(release, 10000);
});
addEventListener("pageshow", (event) => { if (event.persisted) release(); });

/* --- A text that was not sent is not left by accident --- */
function retain(event) {
  const refused = document.querySelector("#erreurs"); /* shown again: nothing of it was saved */
  const unsent = [...document.querySelectorAll("form[method=post] textarea")].some((field) =>
    !field.form.dataset.envoi && field.value !== (refused ? "" : field.defaultValue));
  if (unsent) event.preventDefault();
}
document.addEventListener("input", () => addEventListener("beforeunload", retain));

themeSwitch();
document.querySelectorAll("[data-suivre]").forEach((place) => setTimeout(follow, place.dataset.suivre, place));
document.querySelectorAll("[data-imprimer]").forEach(printer);
document.querySelectorAll("textarea[data-maximum], textarea[maxlength], input[data-maximum]").forEach(counter);
document.querySelectorAll("input[type=password][data-voir]").forEach(reveal);
document.querySelectorAll("input[type=file][data-octets]").forEach(weigh);
document.querySelector("[autofocus]")?.focus(); /* what older browsers and an address with a fragment leave out */
