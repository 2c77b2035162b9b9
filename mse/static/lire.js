/* Read a part of the page aloud, with a voice of the device only: no text leaves for another service. */

function read(place) {
  const { lire, ecouter, arreter } = place.dataset;
  const findVoice = () => speechSynthesis.getVoices().find((voice) => voice.localService && /^fr\b/i.test(voice.lang));
  const button = document.createElement("button");
  button.type = "button";
  button.className = "lien-bouton";
  const paint = (speaking) => {
    button.textContent = speaking ? arreter : ecouter;
  };
  button.addEventListener("click", () => {
    const speaking = speechSynthesis.speaking;
    speechSynthesis.cancel();
    if (speaking) return paint(false);
    const text = [...document.querySelectorAll(lire)].map((part) => part.innerText.trim()).join(".\n");
    const words = Object.assign(new SpeechSynthesisUtterance(text), { voice: findVoice(), lang: "fr-FR", rate: 0.95 });
    words.addEventListener("end", () => paint(false));
    words.addEventListener("error", () => paint(false));
    speechSynthesis.speak(words);
    return paint(true);
  });
  const show = () => { place.hidden = !findVoice(); };
  paint(false);
  place.append(button);
  show();
  speechSynthesis.addEventListener?.("voiceschanged", show); /* some browsers list their voices late */
  addEventListener("pagehide", () => speechSynthesis.cancel());
}

if ("speechSynthesis" in window) document.querySelectorAll("[data-lire]").forEach(read);
