// Shows how much of a file has been sent. Without this module the form is sent as any other.

function errorsIn(answer) {
  return Object.values(answer.errors ?? {}).flat().join(" ");
}

function send(form) {
  const bar = form.querySelector("[data-upload-bar]");
  const status = form.querySelector("[data-upload-status]");
  const button = form.querySelector("button[type=submit]");
  const request = new XMLHttpRequest();
  const settle = (text) => {
    bar.hidden = true;
    button.disabled = false;
    status.textContent = text;
  };
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((event.loaded * 100) / event.total);
    bar.value = percent;
    status.textContent = `${status.dataset.textSending}${percent}%`;
  });
  request.addEventListener("error", () => settle(status.dataset.textBroken));
  request.addEventListener("load", () => {
    const answer = request.response ?? {};
    if (request.status === 201) location.assign(answer.address);
    else settle(errorsIn(answer) || status.dataset.textBroken);
  });
  bar.hidden = false;
  button.disabled = true;
  request.send(new FormData(form));
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.reportValidity()) send(form);
  });
}
