import type { Entry, Listing } from "./list";
import { MOST_LISTED } from "./list";
import type { Replayed } from "./replay";
import type { Shown } from "./show";

const HEADINGS = ["QUEUE", "ID", "AGE", "RECEIVES", "ORDER", "REASON"] as const;

/** A table, one message a line. */
export function listText({ entries, cutShort }: Listing): string {
  if (entries.length === 0) return "No dead letters.";
  const rows = [HEADINGS, ...entries.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const more = cutShort.map((queue) => `The queue ${queue} holds more than these ${MOST_LISTED}.`);
  return [...lines, ...more].join("\n");
}

function cells({ queue, id, ageSeconds, receives, orderId, reason }: Entry): string[] {
  return [queue, id, age(ageSeconds), String(receives), orderId ?? "-", oneLine(reason)];
}

/** The two largest units: `3 d 4 h`, `12 min 5 s`. */
export function age(seconds: number): string {
  const units = [
    [86_400, "d"],
    [3_600, "h"],
    [60, "min"],
    [1, "s"],
  ] as const;
  const first = Math.max(
    0,
    units.findIndex(([size]) => seconds >= size),
  );
  if (seconds < 1) return "0 s";
  return units
    .slice(first, first + 2)
    .map(
      ([size, unit], at) =>
        `${Math.floor(at === 0 ? seconds / size : (seconds % (units[first]?.[0] ?? 1)) / size)} ${unit}`,
    )
    .filter((part) => !part.startsWith("0 "))
    .join(" ");
}

export function showText({ queue, id, sentAt, receives, reason, attributes, body, details }: Shown): string {
  return [
    `${id}, in the queue ${queue}: ${reason}`,
    `first sent ${sentAt}, received ${receives} ${receives === 1 ? "time" : "times"}`,
    ...(Object.keys(attributes).length === 0 ? [] : ["", "Attributes", indented(attributes)]),
    "",
    "Body",
    indented(body),
    ...(details === undefined
      ? []
      : ["", queue === "orders" ? "The order in the table" : "Details", indented(details)]),
  ].join("\n");
}

export function replayText({ done, failed }: Replayed): string {
  const lines = [...done, ...failed.map((line) => `Not replayed: ${line}`)];
  return lines.length === 0 ? "No dead letters." : lines.join("\n");
}

function indented(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, 200);
}
