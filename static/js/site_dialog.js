// A button with data-dialog="<id>" opens that dialog instead of following its own way.
export function confirmInDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog?.showModal) {
        event.preventDefault();
        dialog.showModal();
      }
      return;
    }
    event.target.closest?.("[data-dialog-close]")?.closest("dialog")?.close();
  });
}
