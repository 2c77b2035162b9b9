/* The page of a delegate: what the class sends appears without a reload. */

const EVERY = 4000; /* milliseconds */
const place = document.querySelector("[data-contributions]");

async function refresh() {
  /* Never under the finger of the person, nor while the page is hidden */
  const busy = place.contains(document.activeElement) || place.querySelector("details[open]");
  if (document.visibilityState === "visible" && !busy) {
    const answer = await fetch(place.dataset.contributions).catch(() => null);
    if (answer?.ok && !answer.redirected && !place.contains(document.activeElement)) {
      const fresh = await answer.text();
      if (fresh !== place.dataset.last) {
        place.innerHTML = fresh;
        place.dataset.last = fresh;
      }
    }
  }
  setTimeout(refresh, EVERY);
}

if (place) setTimeout(refresh, EVERY);
