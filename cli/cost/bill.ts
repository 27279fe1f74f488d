import type { Reading } from "../../local/meter/reading";
import { partOf, type Part } from "./parts";
import { dollarsOf, type PricedUnit } from "./prices";

/** So many units of something for one order. */
export interface OrderLine {
  readonly unit: PricedUnit | "traceStart";
  readonly resource: string;
  readonly quantity: number;
}

/** A line with its price. */
export interface PricedLine {
  readonly unit: PricedUnit;
  readonly resource: string;
  readonly part: Part;
  readonly quantity: number;
  readonly dollars: number;
}

/** How many of those traces are recorded that may be: each second's first ones, and so many of a hundred of the others. */
export interface Sampling {
  readonly reservoirPerSecond: number;
  /** From 0 to 1. */
  readonly share: number;
}

const SECONDS_A_MONTH = 30 * 24 * 60 * 60;

/** What each of so many orders used. */
export function perOrder(reading: Reading, orders: number): OrderLine[] {
  return reading.lines().map(({ unit, resource, quantity }) => ({ unit, resource, quantity: quantity / orders }));
}

/** The share of traces that is recorded, when so many may begin in a month, evenly spread over it. */
export function recordedShare(startsPerMonth: number, { reservoirPerSecond, share }: Sampling): number {
  if (startsPerMonth === 0) return 0;
  const first = Math.min(startsPerMonth, reservoirPerSecond * SECONDS_A_MONTH);
  return (first + share * (startsPerMonth - first)) / startsPerMonth;
}

/** Puts prices on the lines of one order, or of many when `times` is given. */
export function priced(lines: readonly OrderLine[], recorded: number, times = 1): PricedLine[] {
  return lines.map(({ unit, resource, quantity }) => {
    const billed = unit === "traceStart" ? "trace" : unit;
    const units = quantity * times * (unit === "traceStart" ? recorded : 1);
    const part = partOf(billed, resource);
    return { unit: billed, resource, part, quantity: units, dollars: dollarsOf(billed, units) };
  });
}

export function sumOf(lines: readonly { readonly dollars: number }[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}

/** Traces that may begin for one order. */
export function traceStarts(lines: readonly OrderLine[]): number {
  return unitsOf(lines, "traceStart");
}

export function unitsOf(lines: readonly OrderLine[], unit: OrderLine["unit"]): number {
  return lines.reduce((sum, line) => sum + (line.unit === unit ? line.quantity : 0), 0);
}
