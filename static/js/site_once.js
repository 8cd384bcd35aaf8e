// A form with data-once is sent once: a double click does not ask the server twice.
export function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]") || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // after the browser has read the form, so that the pressed button's value is sent
    setTimeout(() => {
      for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
    });
  });
  // the page may come back from the browser's memory
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
    }
  });
}
