import type { PartKind } from "../../protocol";

/** One small drawing for each kind of part, on a grid of 16. */
const DRAWINGS: Readonly<Record<PartKind, string>> = {
  api: "M2 8h9M8 4l4 4-4 4M14 3v10",
  function: "M4 13 8 6M6 3h1.2l4.8 10",
  table: "M3 3h10v10H3zM3 6.5h10M3 10h10M7 6.5V13",
  queue: "M2 5h12v6H2zM6 5v6M10 5v6",
  bus: "M2 8h12M5 5v6M8 5v6M11 5v6",
  rule: "M3 3h10l-4 5v5l-2-1.5V8z",
  schedule: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M8 5v3.2l2.2 1.3",
  machine: "M8 2.5 13.5 8 8 13.5 2.5 8z",
  topic: "M8 8m-1.5 0a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0M4 4a5.6 5.6 0 0 0 0 8M12 4a5.6 5.6 0 0 1 0 8",
  bucket: "M3 4h10l-1.3 9H4.3zM3 4c2 1.5 8 1.5 10 0",
  mailbox: "M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5",
  log: "M3 4h10M3 8h10M3 12h6",
};

export function Icon({ kind }: { readonly kind: PartKind }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d={DRAWINGS[kind]} />
    </svg>
  );
}
