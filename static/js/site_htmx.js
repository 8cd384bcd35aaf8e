// Requests of htmx that write carry the same token as a form.
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

function csrfToken() {
  const pair = document.cookie.split("; ").find((text) => /^(__Host-)?csrftoken=/.test(text));
  return pair?.slice(pair.indexOf("=") + 1);
}

export function signRequests() {
  document.addEventListener("htmx:config:request", (event) => {
    const request = event.detail.ctx.request;
    if (SAFE.has(request.method?.toUpperCase())) return;
    const token = csrfToken();
    if (token) request.headers["X-CSRFToken"] = token;
  });
}
