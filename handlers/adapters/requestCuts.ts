/** What a request of a service takes. */
export interface RequestLimits<Entry> {
  readonly mostEntries: number;
  /** Of all entries together. */
  readonly mostBytes: number;
  readonly sizeOf: (entry: Entry) => number;
}

/** Cuts entries into requests that a service takes, in order. One that is too large by itself is left for it to refuse. */
export function cutIntoRequests<Entry>(
  entries: readonly Entry[],
  { mostEntries, mostBytes, sizeOf }: RequestLimits<Entry>,
): Entry[][] {
  const cut: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = cut.at(-1);
    const size = sizeOf(entry);
    if (last === undefined || last.length === mostEntries || bytes + size > mostBytes) {
      cut.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return cut;
}
