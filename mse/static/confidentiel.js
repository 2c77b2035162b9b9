/* Leave the site without a trace of this page in «back». Without this file the link works by itself. */

const quit = document.querySelector("a[data-quitter]");
quit.addEventListener("click", (event) => {
  event.preventDefault();
  location.replace(quit.href);
});
