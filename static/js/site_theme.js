// Runs before the first paint: says that scripts work, and takes the reader's choice of light or dark.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  } catch (refused) {
    root.removeAttribute("data-theme");
  }
})();
