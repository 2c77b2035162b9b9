/* The page of a delegate: what the class sends appears without a reload. */

const EVERY = 4000; /* milliseconds */
const place = document.querySelector("[data-contributions]");

function count(list) {
  return Number(list.querySelector("[data-nombre]")?.dataset.nombre ?? 0);
}

/* Nothing moves under the finger of the person, nor in what is unfolded */
function isBusy(list) {
  return list.matches(":focus-within, :active") || list.querySelector("details[open]") !== null;
}

async function refresh() {
  const list = place.querySelector(".ce-qui-arrive");
  if (document.visibilityState === "visible" && !isBusy(list)) {
    const answer = await fetch(place.dataset.contributions).catch(() => null);
    const fresh = answer?.ok && !answer.redirected ? await answer.text() : "";
    if (fresh && fresh !== place.fresh && !isBusy(list)) {
      const before = count(list);
      list.innerHTML = place.fresh = fresh;
      if (count(list) > before) list.previousElementSibling.textContent = place.dataset.neuve;
    }
  }
  setTimeout(refresh, EVERY);
}

if (place) setTimeout(refresh, EVERY);
