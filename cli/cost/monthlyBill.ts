import type { MonthlyItem } from "../../local/meter/monthly";
import { priced, recordedShare, sumOf, traceStarts, type OrderLine, type PricedLine, type Sampling } from "./bill";
import { ENDINGS, type Ending } from "./endings";
import { PARTS, type Part } from "./parts";
import { dollarsOf, type PricedUnit } from "./prices";

/** How many of the orders come to which ending; together 1. */
export type Mix = Readonly<Record<Ending, number>>;

export interface BilledMonth {
  readonly orders: number;
  readonly mix: Mix;
  readonly endings: Readonly<Record<Ending, readonly OrderLine[]>>;
  readonly monthly: readonly MonthlyItem[];
  readonly sampling: Sampling;
}

/** One line of the bill of a month: a unit for a part of the system, or one that is billed whatever happens. */
export interface BillItem {
  readonly unit: PricedUnit;
  readonly part: Part | "standing";
  readonly quantity: number;
  readonly dollars: number;
}

/** The bill of a month, the dearest item first. What is stored, and what leaves AWS over the network, is not in it. */
export interface MonthlyBill {
  readonly dollars: number;
  readonly standingDollars: number;
  /** Of traces that may be recorded, how many are. */
  readonly recorded: number;
  readonly items: readonly BillItem[];
}

export function monthlyBill({ orders, mix, endings, monthly, sampling }: BilledMonth): MonthlyBill {
  const lines = ENDINGS.flatMap((ending) =>
    endings[ending].map((line) => ({ ...line, quantity: line.quantity * mix[ending] })),
  );
  const recorded = recordedShare(orders * traceStarts(lines), sampling);
  const firewall = monthly.some(({ unit }) => unit === "webAcl")
    ? lines.filter(({ unit }) => unit === "apiRequest")
    : [];
  const inspected = firewall.map((line): OrderLine => ({ ...line, unit: "wafRequest" }));
  const used = priced([...lines, ...inspected], recorded, orders);
  const standing = monthly.map(({ unit, quantity }) => ({ unit, quantity, dollars: dollarsOf(unit, quantity) }));
  const items = [...gathered(used), ...gathered(standing.map((item) => ({ ...item, part: "standing" as const })))].sort(
    (a, b) => b.dollars - a.dollars,
  );
  return { dollars: sumOf(items), standingDollars: sumOf(standing), recorded, items };
}

function gathered(lines: readonly (BillItem | PricedLine)[]): BillItem[] {
  const items = new Map<string, BillItem>();
  for (const { unit, part, quantity, dollars } of lines) {
    const key = `${unit} ${part}`;
    const item = items.get(key) ?? { unit, part, quantity: 0, dollars: 0 };
    items.set(key, { unit, part, quantity: item.quantity + quantity, dollars: item.dollars + dollars });
  }
  return [...items.values()];
}

/** In words: "write units: the audit trail". */
export function partInWords(part: BillItem["part"]): string {
  return part === "standing" ? "whatever happens" : PARTS[part];
}
