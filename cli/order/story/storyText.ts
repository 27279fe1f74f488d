import pc from "picocolors";
import { wallClock } from "../../logs/linesText";
import { orderHead } from "../timelineText";
import type { Row } from "./row";
import type { Story } from "./story";

type Colours = ReturnType<typeof pc.createColors>;

const DATA_LENGTH = 240;

/** The order's head, everything that happened to it in time order, what came of it, and what is not told. Times are UTC. */
export function storyText(story: Story, colours = false): string {
  const colour = pc.createColors(colours);
  const { rows, timeline } = story;
  return [
    ...orderHead(timeline.order, colour),
    "",
    ...(rows.length === 0 ? ["  Nothing is recorded yet."] : rowLines(rows, colour)),
    "",
    ...outcomes(story).map(([label, text]) => `  ${colour.dim(label.padEnd("dead letters".length))}  ${text}`),
    ...(story.notes.length === 0 ? [] : ["", ...story.notes.map((note) => colour.dim(note))]),
  ].join("\n");
}

function rowLines(rows: readonly Row[], colour: Colours): string[] {
  const width = Math.max(...rows.map(({ from }) => from.length));
  const margin = " ".repeat(2 + "2026-11-20 10:00:00.000".length + 2 + width + 2);
  return rows.flatMap(({ timeMs, from, what, said, details, tone }) => [
    [
      `  ${colour.dim(wallClock(new Date(timeMs).toISOString()))}`,
      colour.cyan(from.padEnd(width)),
      [painted(tone, colour)(what), said].join("  ").trimEnd(),
    ].join("  "),
    ...details.map(([label, value]) => colour.dim(`${margin}${label} ${short(value)}`)),
  ]);
}

function outcomes({ mails, lines, receipt, deadLetters }: Story): [string, string][] {
  const told = lines.filter(({ function: name }) => name === "notifyCustomer").at(-1);
  const customer =
    mails === undefined || mails.length === 0
      ? told && `${told.message} (notifyCustomer's log, ${wallClock(told.at)})`
      : mails.map(({ subject, file }) => `${subject} (${file})`).join(", ");
  return [
    ["customer", customer ?? "not told of it"],
    ["receipt", receipt === undefined ? "none" : `${receipt.status}, s3://${receipt.bucket}/${receipt.key}`],
    ["dead letters", deadLetters.map(({ queue, id, reason }) => `${id} in ${queue}: ${reason}`).join("; ") || "none"],
  ];
}

function painted(tone: Row["tone"], colour: Colours): (text: string) => string {
  switch (tone) {
    case "good":
      return colour.green;
    case "bad":
      return colour.red;
    case "warn":
      return colour.yellow;
    case "back":
      return colour.magenta;
    case "dim":
      return colour.dim;
    case "plain":
      return (text) => text;
  }
}

/** In one line; the whole is in `--json`. */
function short(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > DATA_LENGTH ? `${text.slice(0, DATA_LENGTH)}…` : text;
}
