import pc from "picocolors";
import { age } from "../deadLetters/report";
import { counted, money } from "./plainWords";
import type { Step, Timeline } from "./timeline";

type Colours = ReturnType<typeof pc.createColors>;

/** An order's head, its steps one a line, and the totals. Times are UTC. */
export function timelineText({ order, steps, totals }: Timeline, colours = false): string {
  const colour = pc.createColors(colours);
  const { charged, refunded, events, tookMs, untoldVersions } = totals;
  const amounts = `charged ${money(charged, order.currency)}, refunded ${money(refunded, order.currency)}`;
  return [
    ...orderHead(order, colour),
    "",
    ...(steps.length === 0
      ? ["  Nothing is recorded yet: the trail follows the order by moments."]
      : table(steps, colour)),
    "",
    `${counted(events, "event")} in ${duration(tookMs)}, ${amounts}`,
    ...(untoldVersions.length === 0
      ? []
      : [colour.dim(`No event tells of version ${untoldVersions.join(", ")} of ${order.version}.`)]),
  ].join("\n");
}

/** What an order is and what became of it, a fact a line. */
export function orderHead(order: Timeline["order"], colour: Colours): string[] {
  const { status, stage, currency, payment, failure, items } = order;
  const paint = status === "CONFIRMED" ? colour.green : status === "FAILED" ? colour.yellow : colour.cyan;
  const width = Math.max(...items.map(({ qty, productId, name }) => `${qty} × ${name} (${productId})`.length));
  const lines = items.map(
    ({ qty, productId, name, unitPrice, lineTotal }) =>
      `${`${qty} × ${name} (${productId})`.padEnd(width)}  at ${money(unitPrice, currency)}  ${money(lineTotal, currency)}`,
  );
  const facts: (readonly [string, string])[] = [
    ["status", stage === status ? paint(status) : `${paint(status)}, ${stage}`],
    ["tenant", order.tenantId],
    ["customer", order.userId],
    ["placed", wallClock(order.createdAt)],
    ...lines.map((line, at) => [at === 0 ? "lines" : "", line] as const),
    ["total", money(order.totalAmount, currency)],
    ...(payment ? [["payment", `${payment.status}, ${money(payment.amount, currency)}`] as const] : []),
    ...(failure ? [["failure", `${failure.code} in ${failure.step}: ${failure.reason}`] as const] : []),
    ...(order.receiptKey === undefined ? [] : [["receipt", order.receiptKey] as const]),
    ["correlation", order.correlationId],
  ];
  return [
    `Order ${colour.bold(order.orderId)}`,
    ...facts.map(([label, text]) => `  ${colour.dim(label.padEnd("correlation".length))}  ${text}`),
  ];
}

const HEADINGS = ["TIME (UTC)", "STEP", "TOTAL", "WHAT", ""] as const;

function table(steps: readonly Step[], colour: Colours): string[] {
  const rows = steps.map(({ occurredAt, sinceBeforeMs, sinceStartMs, words, said }, at) => [
    wallClock(occurredAt).slice(0, -" UTC".length),
    at === 0 ? "" : `+${duration(sinceBeforeMs)}`,
    at === 0 ? "" : duration(sinceStartMs),
    words,
    said,
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const padded = (cells: readonly string[]): string[] =>
    cells.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 1 || column === 2 ? cell.padStart(width) : cell.padEnd(width);
    });
  const line = (cells: readonly string[]): string => `  ${cells.join("  ")}`.trimEnd();
  return [
    colour.dim(line(padded(HEADINGS))),
    ...rows.map((row, at) => {
      const [time = "", step = "", total = "", words = "", said = ""] = padded(row);
      return line([
        colour.dim(time),
        step,
        colour.dim(total),
        painted(steps[at]?.way ?? "forward", colour)(words),
        said.trimEnd(),
      ]);
    }),
  ];
}

function painted(way: Step["way"], colour: Colours): (text: string) => string {
  switch (way) {
    case "confirmed":
      return colour.green;
    case "failed":
      return colour.yellow;
    case "back":
      return colour.magenta;
    case "forward":
      return (text) => text;
  }
}

/** `2026-11-20 10:00:00.000 UTC` */
function wallClock(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)} UTC`;
}

/** `103 ms`, `2.4 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  return age(Math.floor(ms / 1000));
}
