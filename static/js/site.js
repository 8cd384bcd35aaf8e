// Small conveniences of every page. Each of them may be missing: the page works without.
import { confirmInDialogs } from "./site_dialog.js";
import { sendOnce } from "./site_once.js";
import { signRequests } from "./site_htmx.js";

function toggleNavigation() {
  const button = document.querySelector("[data-nav-toggle]");
  const header = button?.closest(".site-header");
  button?.addEventListener("click", () => {
    const open = header.toggleAttribute("data-open");
    button.setAttribute("aria-expanded", String(open));
  });
}

// An open menu closes by Escape, which leads back to its button, and by a click beside it.
function closeMenus() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector(".account-menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
      return;
    }
    const button = document.querySelector("[data-nav-toggle][aria-expanded='true']");
    button?.click();
    button?.focus();
  });
  document.addEventListener("click", (event) => {
    const menu = document.querySelector(".account-menu[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
}

function toggleTheme() {
  const button = document.querySelector("[data-theme-toggle]");
  if (!button) return;
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // a browser that keeps nothing still changes this page
    }
    show();
  });
  show();
}

function printOnRequest() {
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) print();
  });
}

toggleNavigation();
closeMenus();
toggleTheme();
printOnRequest();
confirmInDialogs();
sendOnce();
signRequests();
