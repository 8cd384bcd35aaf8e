// Unions of time ranges, in whole milliseconds, as sorted lists of [start, end).

/** The union of two lists of ranges; touching ranges become one. */
export function union(first, second) {
  const sorted = [...first, ...second].filter(([start, end]) => end > start).sort((a, b) => a[0] - b[0]);
  const merged = [];
  for (const [start, end] of sorted) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** A TimeRanges object as such a list. */
export function fromTimeRanges(ranges) {
  return Array.from({ length: ranges.length }, (_, index) => [
    Math.round(ranges.start(index) * 1000),
    Math.round(ranges.end(index) * 1000),
  ]);
}
