// Shows how much of a file has been sent, and keeps what was typed when it is refused. Without this
// module, or without a file, the form is sent as any other.

/** What is wrong, beside the fields that it is about; what belongs to no field is given back. */
function showErrors(form, errors) {
  const rest = [];
  for (const [name, texts] of Object.entries(errors)) {
    const place = form.elements[name]?.closest("[data-field]")?.querySelector("[data-field-errors]");
    if (!place) {
      rest.push(...texts);
      continue;
    }
    const line = document.createElement("p");
    line.className = "error-message";
    line.setAttribute("role", "alert");
    line.textContent = texts.join(" ");
    place.replaceChildren(line);
    place.closest("[data-field]").classList.add("w-field--error");
  }
  form.querySelector(".w-field--error")?.scrollIntoView({ block: "center" });
  return rest.join(" ");
}

function clearErrors(form) {
  for (const field of form.querySelectorAll(".w-field--error")) {
    field.classList.remove("w-field--error");
    field.querySelector("[data-field-errors]").replaceChildren();
  }
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
    status.classList.add("is-refused");
  };
  clearErrors(form);
  status.classList.remove("is-refused");
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
    else if (answer.errors) settle(showErrors(form, answer.errors) || status.dataset.textRefused);
    else settle(status.dataset.textBroken);
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
