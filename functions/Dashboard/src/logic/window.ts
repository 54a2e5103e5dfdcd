const spare = 8;

/** Which rows of one height are in sight, and a few more to either side. */
export function windowOf(rows: number, rowHeight: number, top: number, height: number): { first: number; last: number } {
  const first = Math.max(0, Math.min(rows, Math.floor(top / rowHeight) - spare));
  const last = Math.max(first, Math.min(rows, Math.ceil((top + height) / rowHeight) + spare));
  return { first, last };
}
