/* Progressive enhancement. Every page works without this file, which holds no business rule. */

const page = document.documentElement;

/* Texts come from data-* attributes, so that they are translated with the page. */
const phrase = (field, name, number) => (field.dataset[name] || "").replace("{n}", number);

/* --- Add a theme switch beside the link «Apparence» of the footer --- */
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

/* --- Character counter: updated at once, announced to screen readers when typing pauses --- */
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
    /* Count like the server: trimmed NFC text, and visible characters for the minimum */
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

/* --- Button to show the password --- */
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
  /* Submit as a password field, so that the browser does not store it as autofill text */
  if (field.form) field.form.addEventListener("submit", () => { field.type = "password"; paint(); });
  paint();
  field.after(button);
}

/* --- Warn about a file that is too large before the upload, which is slow on a phone --- */
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

/* --- Bring the current tab into view in a strip that scrolls sideways --- */
function showTab(tab) {
  const strip = tab.closest("ul"), at = tab.getBoundingClientRect(), frame = strip.getBoundingClientRect();
  strip.scrollLeft += at.left - frame.left - (frame.width - at.width) / 2;
}

/* --- Print button --- */
function printer(place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "bouton";
  button.textContent = place.dataset.imprimer;
  button.addEventListener("click", () => print());
  place.replaceChildren(button);
}

/* --- Refresh the progress of a worker task; without JavaScript, a link reloads the page --- */
async function follow(place) {
  const fresh = await fetch(location.href).then((answer) => answer.text(), () => "");
  const part = new DOMParser().parseFromString(fresh, "text/html").getElementById(place.id);
  if (part) place.replaceWith(part);
  const next = part || place;
  if (next.dataset.suivre) setTimeout(follow, next.dataset.suivre, next);
}

/* --- Texts of the account that this browser keeps (autosave.js): signing out erases them --- */
function remember() {
  try {
    if (page.dataset.compte) localStorage.setItem("mse-compte", page.dataset.compte);
  } catch { /* this browser keeps nothing */ }
}
function erase(event) {
  try {
    const prefix = `mse:${page.dataset.compte}:`;
    const texts = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    if (texts.length && !confirm(event.target.dataset.oublier)) {
      event.preventDefault();
      return;
    }
    [...texts, "mse-compte"].forEach((key) => localStorage.removeItem(key));
  } catch { /* this browser keeps nothing */ }
}

/* --- Offline page: for signed-in people only, so that a visit of a public page stays light --- */
addEventListener("load", () => {
  if (page.dataset.compte) navigator.serviceWorker?.register("/sw.js").catch(() => null);
});

/* --- Prevent double submission. The server handles duplicates too --- */
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
  /* Disable later, since a disabled button is not part of the submitted form */
  setTimeout(() => {
    form.querySelectorAll("button:not([type=button]):enabled").forEach((button) => {
      button.disabled = true;
      button.dataset.eteint = "1";
    });
  });
  setTimeout(release, 10000);
});
addEventListener("pageshow", (event) => { if (event.persisted) release(); });

/* --- Warn before leaving a page with an unsent text --- */
function retain(event) {
  const refused = document.querySelector("#erreurs"); /* the form was refused, so its text is not saved */
  const unsent = [...document.querySelectorAll("form[method=post] textarea")].some((field) =>
    !field.form.dataset.envoi && field.value !== (refused ? "" : field.defaultValue));
  if (unsent) event.preventDefault();
}
document.addEventListener("input", () => addEventListener("beforeunload", retain));

themeSwitch();
remember();
document.querySelectorAll("form[data-oublier]").forEach((form) => form.addEventListener("submit", erase));
document.querySelectorAll("[data-suivre]").forEach((place) => setTimeout(follow, place.dataset.suivre, place));
document.querySelectorAll(".onglets [aria-current], .defilant [aria-current]").forEach(showTab);
document.querySelectorAll("[data-imprimer]").forEach(printer);
document.querySelectorAll("textarea[data-maximum], textarea[maxlength], input[data-maximum]").forEach(counter);
document.querySelectorAll("input[type=password][data-voir]").forEach(reveal);
document.querySelectorAll("input[type=file][data-octets]").forEach(weigh);
document.querySelector("[autofocus]")?.focus(); /* older browsers and URLs with a fragment ignore autofocus */
