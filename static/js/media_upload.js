// Shows how much of a file has been sent, and keeps what was typed when it is refused. Without this
// module, or without a file, the form is sent as any other.

function errorsIn(answer) {
  return Object.values(answer.errors ?? {}).flat().join(" ");
}

function hasFile(form) {
  return [...form.querySelectorAll("input[type=file]")].some((field) => field.files.length > 0);
}

function send(form, submitter) {
  const bar = form.querySelector("[data-upload-bar]");
  const status = form.querySelector("[data-upload-status]");
  const button = submitter ?? form.querySelector("button[type=submit]");
  const body = new FormData(form, submitter);
  const request = new XMLHttpRequest();
  const settle = (text) => {
    bar.hidden = true;
    button.disabled = false;
    status.textContent = text;
  };
  request.open("POST", submitter?.formAction || form.action);
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
    if (answer.seen && form.elements.seen) form.elements.seen.value = answer.seen;
  });
  bar.hidden = false;
  button.disabled = true;
  request.send(body);
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    if (!hasFile(form)) return;
    event.preventDefault();
    if (form.reportValidity()) send(form, event.submitter);
  });
}
