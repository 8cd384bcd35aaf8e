// A write to the API: token, a key of its own, and a refusal that carries the server's code.
export class RequestRefused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** A random key; crypto.randomUUID is missing on addresses without TLS. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function codeOf(response) {
  if (response.status === 401 || response.redirected) return "signed_out";
  try {
    return (await response.json()).code ?? "other";
  } catch {
    return "other";
  }
}

/**
 * Send JSON with POST (or PUT) and give the answer; the same key again is answered as the first time.
 * Raises RequestRefused, or TypeError without network.
 */
export async function post(element, url, body, { keepalive = false, method = "POST", key = newKey() } = {}) {
  const response = await fetch(url, {
    method,
    keepalive,
    headers: {
      "Content-Type": "application/json",
      "Idempotency-Key": key,
      "X-CSRFToken": element.querySelector("[name=csrfmiddlewaretoken]").value,
    },
    body: JSON.stringify(body),
  });
  if (response.status >= 502 && response.status <= 504) throw new TypeError("unreachable");
  if (!response.ok || response.redirected) throw new RequestRefused(await codeOf(response));
  return response.json();
}
