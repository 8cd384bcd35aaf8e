// A check-in is sent at once; when the network is away it stays here as ciphertext and goes later.
import { keep, keyFrom, wipe } from "./drafts.js";
import { RequestRefused, post } from "./request.js";

const MANY = new Set(["pupils"]);
const TICKED = new Set(["worried"]);
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "submission_key"]);

/** What the form says, as the API takes it. */
function contentOf(form) {
  const data = new FormData(form);
  const content = {};
  for (const name of new Set(data.keys())) {
    if (LEFT_OUT.has(name)) continue;
    content[name] = MANY.has(name) ? data.getAll(name) : TICKED.has(name) || data.get(name);
  }
  return content;
}

function tell(form, name) {
  const box = form.querySelector(`[data-draft-said="${name}"]`);
  for (const other of form.querySelectorAll("[data-draft-said]")) other.hidden = other !== box;
  box.focus();
}

async function send(form, mine) {
  const id = form.elements.submission_key.value;
  const content = contentOf(form);
  try {
    await post(form, form.dataset.sendUrl, content, { key: id });
    wipe(id);
    location.assign(content.worried ? form.dataset.worriedUrl + (content.urgency ?? "") : form.dataset.doneUrl);
  } catch (refusal) {
    const away = !(refusal instanceof RequestRefused);
    if (!away && refusal.code !== "signed_out") {
      form.submit();
      return;
    }
    const isKept = await keep(mine, id, content);
    // what waits is what will be sent: to change it, a new check-in is written
    if (isKept) form.querySelector("[data-testid=save]").disabled = true;
    tell(form, isKept ? (away ? "kept" : "signed-out") : "stay");
  }
}

async function start(form) {
  const mine = await keyFrom(form.dataset.keyUrl);
  if (!mine) return;
  let isSending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending || !form.reportValidity()) return;
    isSending = true;
    await send(form, mine);
    isSending = false;
  });
  form.dataset.ready = "1";
}

const form = document.querySelector("form[data-draft]");
if (form) start(form);
