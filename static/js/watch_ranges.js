// What a beat may claim: whole milliseconds, no crumbs, at most 200 ranges.
const CRUMB_MS = 250;
const MOST = 200;

function isInside([start, end], accepted) {
  return accepted.some(([low, high]) => low <= start && end <= high);
}

/** The played ranges as the server takes them; when there are too many, those it has not taken yet. */
export function claimable(played, accepted) {
  const whole = played
    .map(([start, end]) => [Math.max(0, Math.floor(start)), Math.floor(end)])
    .filter(([start, end]) => end - start >= CRUMB_MS);
  if (whole.length <= MOST) return whole;
  const fresh = whole.filter((range) => !isInside(range, accepted));
  return fresh.sort((a, b) => b[1] - b[0] - (a[1] - a[0])).slice(0, MOST);
}
