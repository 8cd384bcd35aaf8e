// Drafts of this person that wait on this computer: sent once the network is back, then wiped.
import { isEmpty, kept, keyFrom, wipe } from "./drafts.js";
import { RequestRefused, post } from "./request.js";

function show(box, name, count) {
  box.hidden = false;
  for (const said of box.querySelectorAll("[data-said]")) {
    said.hidden = said.dataset.said !== name;
    const number = said.querySelector("[data-count]");
    if (number && count !== undefined) number.textContent = String(count);
  }
}

/** A refused draft stays readable until its writer gives it up. */
function showRefused(box, draft) {
  const row = box.querySelector("template").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-when]").textContent = draft.content.occurred_at.replace("T", " ");
  row.querySelector("[data-text]").textContent = draft.content.text;
  row.querySelector("button").addEventListener("click", () => {
    wipe(draft.id);
    row.remove();
    if (!box.querySelector("[data-refused]")) box.hidden = true;
  });
  box.querySelector("[data-list]").append(row);
}

async function sendAll(box, mine) {
  const drafts = await kept(mine);
  let sent = 0;
  const refused = [];
  for (const draft of drafts) {
    try {
      await post(box, box.dataset.sendUrl, draft.content, { key: draft.id });
      wipe(draft.id);
      sent += 1;
    } catch (refusal) {
      if (!(refusal instanceof RequestRefused) || refusal.code === "signed_out") {
        show(box, "waiting", drafts.length - sent);
        return;
      }
      refused.push(draft);
    }
  }
  box.querySelector("[data-list]").replaceChildren();
  if (refused.length) {
    show(box, "refused");
    for (const draft of refused) showRefused(box, draft);
  } else if (sent) show(box, "sent", sent);
}

async function start(box) {
  if (isEmpty()) return;
  const mine = await keyFrom(box.dataset.keyUrl);
  if (!mine) return;
  let isBusy = false;
  const go = async () => {
    if (isBusy) return;
    isBusy = true;
    await sendAll(box, mine);
    isBusy = false;
  };
  addEventListener("online", go);
  await go();
}

const box = document.querySelector("[data-outbox]");
if (box) start(box);
