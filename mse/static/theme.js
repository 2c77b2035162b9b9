/* Runs before the first paint: the device's theme, when the person has chosen none (the server then sets nothing). */
if (!document.documentElement.dataset.bsTheme) {
  document.documentElement.dataset.bsTheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
