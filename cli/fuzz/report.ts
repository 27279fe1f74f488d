import pc from "picocolors";
import type { Finding, FuzzReport } from "../../simulation/fuzz/fuzzer";
import type { Sending } from "../../simulation/fuzz/exchange";
import type { Slow } from "../../simulation/fuzz/tally";
import { shellCommand } from "./shellCommand";
import { repeatCommand, type FuzzOptions } from "./options";

const MOST_STORED = 10;
const MOST_LETTERS = 160;
const MOST_SENTENCE = 400;
const MOST_COMMAND = 1_500;

/** What a run found, for people. Commands in it have `$API` and `$KEY` for the URL and any of these API keys. */
export function reportText(report: FuzzReport, options: FuzzOptions, keys: readonly string[]): string {
  const { requests, durationMs, accepted, findings, stored } = report;
  const seconds = durationMs / 1000;
  const wrong = findings.length + stored.length;
  return [
    `${requests} requests in ${seconds.toFixed(1)} s, ${Math.round(requests / seconds)} a second; ${accepted} orders accepted.`,
    ...turnedAwayRows(report.tally.turnedAway),
    "",
    ...statusRows(report),
    "",
    "Kinds of problems",
    ...[...report.tally.kinds]
      .sort(byCount)
      .map(([kind, count]) => `  ${kind.padEnd(24)} ${String(count).padStart(7)}`),
    "",
    "Slowest",
    ...report.tally.slowest.map(slowRow),
    "",
    ...findings.flatMap((finding) => findingRows(finding, { options, keys })),
    ...stored.slice(0, MOST_STORED).map((sentence) => `${pc.red("stored")}: ${sentence}`),
    wrong === 0 ? pc.green("Every answer was as it must be.") : pc.red(`${wrong} things are wrong.`),
  ].join("\n");
}

/** The same for programs. */
export function reportJson(report: FuzzReport, options: FuzzOptions, keys: readonly string[]): string {
  const { tally, findings, ...rest } = report;
  return JSON.stringify({
    ...rest,
    byStatus: Object.fromEntries([...tally.byStatus].map(([about, counts]) => [about, Object.fromEntries(counts)])),
    turnedAway: tally.turnedAway,
    kinds: Object.fromEntries(tally.kinds),
    slowestMs: tally.slowest.map(({ durationMs, about, status }) => ({ about, status, durationMs })),
    findings: findings.map(({ sending, answer, ...finding }) => ({
      ...finding,
      request: shellCommand(sending, keys),
      ...(answer && { answer: { status: answer.status, body: answer.body.toString("utf8") } }),
      repeat: repeatCommand(options, finding.number),
    })),
  });
}

function turnedAwayRows(count: number): string[] {
  if (count === 0) return [];
  return [`${count} ${count === 1 ? "was" : "were"} turned away at first, with 429 or 503, and sent again.`];
}

/** Requests by operation and status. */
function statusRows({ tally }: FuzzReport): string[] {
  const statuses = [...new Set([...tally.byStatus.values()].flatMap((counts) => [...counts.keys()]))].sort();
  const row = (name: string, cells: readonly (string | number)[]): string =>
    `  ${name.padEnd(16)}${cells.map((cell) => String(cell).padStart(7)).join("")}`;
  return [
    row("", statuses),
    ...[...tally.byStatus].sort().map(([about, counts]) =>
      row(
        about,
        statuses.map((status) => counts.get(status) ?? "·"),
      ),
    ),
  ];
}

function byCount([, one]: [string, number], [, other]: [string, number]): number {
  return other - one;
}

function slowRow({ durationMs, about, status, sending }: Slow): string {
  return `  ${String(Math.round(durationMs)).padStart(6)} ms  ${about} ${status}  ${pc.dim(nameOf(sending))}`;
}

function nameOf(sending: Sending): string {
  const text =
    "bytes" in sending ? JSON.stringify(sending.bytes) : `${sending.request.method} ${sending.request.target}`;
  return shortened(text, MOST_LETTERS);
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}… (${text.length} letters)` : text;
}

function findingRows(
  { rule, about, sentence, count, number, sending, answer }: Finding,
  { options, keys }: { readonly options: FuzzOptions; readonly keys: readonly string[] },
): string[] {
  return [
    `${pc.red(rule)}: ${shortened(sentence, MOST_SENTENCE)}`,
    `  ${about}, ${count} ${count === 1 ? "request" : "requests"}; the smallest of the first:`,
    `  ${shortened(shellCommand(sending, keys), MOST_COMMAND)}`,
    ...(answer === undefined ? [] : [`  ${answer.status} ${answer.body.toString("utf8").slice(0, 500)}`]),
    `  Repeat it with: ${pc.cyan(repeatCommand(options, number))}`,
    "",
  ];
}
