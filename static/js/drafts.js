// What a person wrote while the network was away: ciphertext on this computer. The key comes from
// the server, only to the same signed-in person, and lives no longer than the page.
const SHELF = "drafts";
const KEPT_MS = 14 * 24 * 3600 * 1000;
const NONCE_BYTES = 12;

const toBytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const boundTo = (owner, id) => new TextEncoder().encode(`${owner}:${id}`);

/** All drafts of this computer, whoever wrote them; what is too old is forgotten. */
function shelf() {
  try {
    const rows = JSON.parse(localStorage.getItem(SHELF) ?? "[]");
    return rows.filter((row) => Date.now() - row.savedAt < KEPT_MS);
  } catch {
    return [];
  }
}

function store(rows) {
  if (rows.length) localStorage.setItem(SHELF, JSON.stringify(rows));
  else localStorage.removeItem(SHELF);
}

/** Whether something may wait here. */
export function isEmpty() {
  return shelf().length === 0;
}

/** The signed-in person's key, or null: signed out, no network, or a browser without the means. */
export async function keyFrom(url) {
  if (!crypto.subtle) return null;
  try {
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    if (!response.ok || response.redirected) return null;
    const { owner, key } = await response.json();
    const usable = await crypto.subtle.importKey("raw", toBytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);
    return { owner, key: usable };
  } catch {
    return null;
  }
}

/** Keep one draft; the same id again replaces it. False where the browser keeps nothing. */
export async function keep(mine, id, content) {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const bound = boundTo(mine.owner, id);
  const plain = new TextEncoder().encode(JSON.stringify(content));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: bound }, mine.key, plain);
  const row = { owner: mine.owner, id, savedAt: Date.now(), nonce: toText(nonce), sealed: toText(sealed) };
  try {
    store([...shelf().filter((other) => other.id !== id), row]);
    return true;
  } catch {
    return false;
  }
}

/** The person's own drafts, the oldest first; what cannot be opened is left alone. */
export async function kept(mine) {
  const own = [];
  for (const row of shelf().filter((one) => one.owner === mine.owner)) {
    const how = { name: "AES-GCM", iv: toBytes(row.nonce), additionalData: boundTo(row.owner, row.id) };
    try {
      const plain = await crypto.subtle.decrypt(how, mine.key, toBytes(row.sealed));
      own.push({ id: row.id, content: JSON.parse(new TextDecoder().decode(plain)) });
    } catch {
      // another key wrote it
    }
  }
  return own;
}

/** Forget one draft. */
export function wipe(id) {
  store(shelf().filter((row) => row.id !== id));
}
