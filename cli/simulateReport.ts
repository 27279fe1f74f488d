import pc from "picocolors";
import { PROMISES, type Violation } from "../simulation/history";
import type { Scenario } from "../simulation/scenario";
import { LIVENESS_BOUND_MS } from "../simulation/simulation";
import type { Evidence, Verdict } from "../simulation/verdict";

/** What a run was drawn to be; printed before anything else. */
export function scenarioText(scenario: Scenario): string {
  const { seed, orders, clients, rates, outages, scarce, echoShare, paymentLatencyMs, finalWithinSeconds, stubborn } =
    scenario;
  const percents = Object.entries(rates).map(([kind, rate]) => `${kind} ${percent(rate)}`);
  const away = outages.map(
    ({ service, lengthMs, afterUndertakings }) => `${service} for ${seconds(lengthMs)} after ${afterUndertakings}`,
  );
  const short = Object.entries(scarce).map(([productId, stock]) => `${stock} of ${productId}`);
  return [
    `${pc.bold(`Seed ${seed}`)}: ${orders} undertakings by ${clients} customers at once`,
    row("faults", percents.join(", ") || "none"),
    row("", `${percent(stubborn.share)} of the calls ${STUBBORN[stubborn.at]}go wrong past all retries`),
    row("outages", away.join(", ") || "none"),
    row("scarce", short.join(", ")),
    row("echoes", `${percent(echoShare)} of the orders are sent again, or run twice at once, by hand`),
    row("payments", `the gateway takes ${paymentLatencyMs} ms`),
    row("late", `orders that are not final after ${finalWithinSeconds} s are queued again by schedule`),
    row("bound", `${LIVENESS_BOUND_MS / 1000} s of the runtime's clock, once nothing goes wrong any more`),
  ].join("\n");
}

const STUBBORN: Readonly<Record<Scenario["stubborn"]["at"], string>> = {
  anywhere: "",
  inventory: "to inventory ",
  payments: "to payments ",
  confirmation: "that confirm an order ",
};

/** What became of a run, with the evidence and the way to repeat it when a promise was broken. */
export function verdictText(verdict: Verdict, totalMs: number, repeat: string): string {
  const { violations, evidence } = verdict;
  const result = violations.length === 0 ? pc.green("Every promise was kept") : pc.red(violationCount(violations));
  return [
    "",
    ...happenedRows(verdict),
    ...promiseRows(violations),
    "",
    `${result}, in ${seconds(totalMs)}.`,
    ...(violations.length === 0 ? [] : ["", ...evidenceRows(evidence), `Repeat it with: ${pc.cyan(repeat)}`]),
    "",
  ].join("\n");
}

/** One line for a run among many. */
export function seedLine(seed: number, { orders, violations }: Verdict, totalMs: number): string {
  const mark = violations.length === 0 ? pc.green("kept  ") : pc.red("BROKEN");
  const failed = Object.values(orders.failed).reduce((sum, count) => sum + count, 0);
  const told = `${String(orders.accepted).padStart(5)} accepted, ${orders.confirmed} confirmed, ${failed} failed`;
  const first = violations[0]?.sentence;
  return `${String(seed).padStart(6)}  ${mark} ${told}, ${seconds(totalMs)}${first === undefined ? "" : `\n        ${first}`}`;
}

/** What many runs come to: all that happened in them, and how many broke a promise. */
export function seedsText(verdicts: readonly Verdict[], totalMs: number): string {
  const broken = verdicts.filter(({ violations }) => violations.length > 0).length;
  const all = (of: (verdict: Verdict) => number): number => verdicts.reduce((sum, verdict) => sum + of(verdict), 0);
  const { stepRetries, lateChargesRefused, doubleExecutions, repeatedEvents } = summed(
    verdicts.map(({ happened }) => happened),
  );
  return [
    "",
    row("struck", listed(summed(verdicts.map(({ faults }) => faults))) || "nothing"),
    row("orders", `${all(({ orders }) => orders.stored)} stored, ${all(({ orders }) => orders.confirmed)} confirmed`),
    row("", `failed: ${listed(summed(verdicts.map(({ orders }) => orders.failed))) || "none"}`),
    row(
      "",
      `${all(({ orders }) => orders.compensated)} compensated, ${all(({ orders }) => orders.refunded)} refunded, ` +
        `${all(({ orders }) => orders.voided)} voided`,
    ),
    row("saga", `${doubleExecutions ?? 0} double executions, ${stepRetries ?? 0} retried steps`),
    row("", `${lateChargesRefused ?? 0} late charges refused`),
    row("events", `${repeatedEvents ?? 0} repeated on the bus`),
    row("slowest", seconds(Math.max(...verdicts.map(({ times }) => times.safetyMs + times.livenessMs)))),
    "",
    `${verdicts.length} seeds, ${broken} broken, in ${Math.round(totalMs / 1000)} s.`,
  ].join("\n");
}

/** Counts of the same names, added up. */
function summed(counts: readonly object[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, count] of counts.flatMap((one) => Object.entries(one) as [string, number][])) {
    sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}

function happenedRows({ faults, requests, orders, happened, recovered, times, ...rest }: Verdict): string[] {
  const failed = listed(orders.failed);
  const { sent, accepted, replayed, refused, unclear } = requests;
  return [
    row("phases", `safety ${seconds(times.safetyMs)}, liveness ${seconds(times.livenessMs)}`),
    row("", `everything final and calm after ${seconds(times.livenessClockMs)} of the runtime's clock`),
    row("struck", listed(faults) || "nothing"),
    row(
      "requests",
      `${sent} sent: ${accepted} accepted (${replayed} replays), ${refused} refused, ${unclear} without a clear answer`,
    ),
    row("orders", `${orders.stored} stored: ${orders.confirmed} confirmed, failed: ${failed || "none"}`),
    row("", `${orders.compensated} compensated, ${orders.refunded} refunded, ${orders.voided} voided`),
    row("saga", `${happened.executions} executions, ${happened.doubleExecutions} of them for an order that had one`),
    row("", `${happened.failedExecutions} failed, ${happened.stepRetries} retried steps, ${rest.echoes} echoes`),
    row("", `${happened.lateChargesRefused} late charges refused, ${happened.functionFaults} function faults`),
    row("queues", `${happened.redeliveries} redeliveries, ${happened.deadLetters} dead letters`),
    row("", `by hand: ${recovered.deadLetters} moved back, ${recovered.queuedAgain} queued again`),
    row("events", `${happened.repeatedEvents} repeated on the bus`),
    ...Object.entries(rest.troubles)
      .slice(0, MOST_SHOWN)
      .map(([text, count], at) => row(at === 0 ? "troubles" : "", pc.dim(`${count} × ${text.slice(0, 160)}`))),
  ];
}

function promiseRows(violations: readonly Violation[]): string[] {
  return PROMISES.flatMap((promise) => {
    const broken = violations.filter((violation) => violation.promise === promise);
    if (broken.length === 0) return [row(promise, pc.green("kept"))];
    const shown = broken.slice(0, MOST_SHOWN).map(({ sentence }) => row("", sentence));
    const more = broken.length > MOST_SHOWN ? [row("", `and ${broken.length - MOST_SHOWN} more`)] : [];
    return [row(promise, pc.red(`broken ${broken.length} ×`)), ...shown, ...more];
  });
}

function evidenceRows(evidence: Evidence | undefined): string[] {
  if (evidence === undefined) return [];
  const { orderId, ledger, payment, events } = evidence;
  return [
    `Order ${orderId}`,
    ...events.map(({ type, detail }) => row("", `${detail.occurredAt}  ${detail.eventId.split("#")[1]}  ${type}`)),
    row("ledger", JSON.stringify(ledger) ?? "none"),
    row("gateway", JSON.stringify(payment) ?? "none"),
    "",
  ];
}

const MOST_SHOWN = 10;

function row(title: string, text: string): string {
  return `  ${pc.dim(title.padEnd(9))} ${text}`;
}

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}

function violationCount({ length }: readonly Violation[]): string {
  return `${length} ${length === 1 ? "violation" : "violations"}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`;
}
