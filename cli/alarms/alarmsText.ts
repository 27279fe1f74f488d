import pc from "picocolors";
import { age } from "../deadLetters/report";
import { wallClock } from "../logs/linesText";
import type { Happening, StackAlarm, State } from "./stackAlarm";
import { MAIL } from "./stackNames";

type Colours = ReturnType<typeof pc.createColors>;

const HEADINGS = ["STATE", "SINCE (UTC)", "FOR", "ALARM", "REASON"] as const;
const REASON_LENGTH = 200;

/**
 * A table, one alarm a line, in the given order, and how many are on. Those that only send the mails of another are left
 * out while they are quiet. Times are UTC.
 */
export function alarmsText(all: readonly StackAlarm[], nowMs: number, colours = false): string {
  const alarms = all.filter(({ onlyMails, state }) => !onlyMails || state !== "OK");
  const colour = pc.createColors(colours);
  const rows = alarms.map(({ state, since, name, reason }) => [
    state,
    wallClock(since).slice(0, -".000".length),
    age(Math.max(0, Math.round((nowMs - Date.parse(since)) / 1000))),
    name,
    oneLine(reason),
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string[] => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0));
  const on = alarms.filter(({ state }) => state === "ALARM").length;
  return [
    colour.dim(line(HEADINGS).join("  ").trimEnd()),
    ...rows.map((row, at) => {
      const [state = "", since = "", lasts = "", name = "", reason = ""] = line(row);
      const paint = painted(alarms[at]?.state ?? "OK", colour);
      return [paint(state), colour.dim(since), lasts, name, colour.dim(reason.trimEnd())].join("  ").trimEnd();
    }),
    "",
    `${alarms.length} alarms, ${on === 0 ? "none" : String(on)} on.`,
    ...(alarms.length === all.length
      ? []
      : [colour.dim(`${all.length - alarms.length} more only send mails for these (NAME${MAIL}), and are quiet.`)]),
  ].join("\n");
}

/** Everything about one alarm, and its history. */
export function alarmText(alarm: StackAlarm, history: readonly Happening[], colours = false): string {
  const colour = pc.createColors(colours);
  const facts: (readonly [string, string])[] = [
    ["state", `${painted(alarm.state, colour)(alarm.state)} since ${wallClock(alarm.since)} UTC`],
    ["reason", alarm.reason],
    ...(alarm.description === undefined ? [] : [["means", alarm.description] as const]),
    ...alarm.watches.map((text, at) => [at === 0 ? "watches" : "", text] as const),
    ...(alarm.goesOff === undefined ? [] : [["goes off", alarm.goesOff] as const]),
    ...(alarm.actionsEnabled ? [] : [["mails", "none: its actions are switched off"] as const]),
    ...(alarm.heldBack === undefined ? [] : [["mails", `held back: ${alarm.heldBack}`] as const]),
    ["in CloudWatch", alarm.alarmName],
  ];
  return [
    `Alarm ${colour.bold(alarm.name)}`,
    ...facts.map(([label, text]) => `  ${colour.dim(label.padEnd("in CloudWatch".length))}  ${text}`),
    "",
    historyText(history, colours),
  ].join("\n");
}

/** What happened, oldest first. */
export function historyText(history: readonly Happening[], colours = false): string {
  const colour = pc.createColors(colours);
  if (history.length === 0) return "Nothing has happened.";
  const width = Math.max(...history.map(({ name }) => name.length));
  return [
    ...history.map(({ at, name, kind, summary }) => {
      const [, to] = /to (ALARM|OK|INSUFFICIENT_DATA)$/.exec(summary) ?? [];
      const paint = kind === "StateUpdate" && to !== undefined ? painted(to as State, colour) : (text: string) => text;
      return `${colour.dim(wallClock(at))}  ${name.padEnd(width)}  ${paint(oneLine(summary))}`;
    }),
  ].join("\n");
}

function painted(state: State, colour: Colours): (text: string) => string {
  if (state === "ALARM") return colour.red;
  return state === "OK" ? colour.green : colour.yellow;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, REASON_LENGTH);
}
