/* Runs before the first paint: use the theme of the device, unless the server has set the one that was chosen. */
if (!document.documentElement.dataset.bsTheme) {
  document.documentElement.dataset.bsTheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
