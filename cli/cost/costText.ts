import type { Comparison } from "./comparison";
import { priced, recordedShare, sumOf, traceStarts, unitsOf, type OrderLine } from "./bill";
import type { CostReport } from "./command";
import { ENDINGS, RECIPES } from "./endings";
import { leverOf } from "./levers";
import { partInWords, type BillItem } from "./monthlyBill";
import { PARTS, type Part } from "./parts";
import { PRICES, PRICES_OF, type PricedUnit } from "./prices";

const MILLION = 1_000_000;
/** How the columns of endings are headed. */
const HEADS = ["confirmed", "out of stock", "declined", "compensated"];

/** What a unit is shown in, where it would be a long number. */
const SHOWN: Readonly<Partial<Record<string, { readonly name: string; readonly divisor: number }>>> = {
  lambdaMbMs: { name: "GB-s of functions", divisor: 1024 * 1000 },
  expressMbMs: { name: "GB-s of executions", divisor: 1024 * 1000 },
  logByte: { name: "KB logged", divisor: 1000 },
  archiveByte: { name: "KB archived", divisor: 1000 },
  traceStart: { name: "traces, if sampled", divisor: 1 },
};

/** The report of `npm run cost` as text. */
export function costText(report: CostReport): string {
  const { options, bill, comparison } = report;
  const { orders, perSecond, sample, stack } = options;
  return [
    `What an order uses, in stack ${stack}: measured over ${sample} of each ending at ${perSecond} a second (and alone).`,
    "",
    ...unitsTable(report),
    "",
    `Dollars for a million of them, by part (prices of ${PRICES_OF.region}, ${PRICES_OF.date}; in a month of ${grouped(orders)} orders).`,
    "",
    ...partsTable(report),
    "",
    `A month of ${grouped(orders)} orders: $${money(bill.dollars)}, of which $${money(bill.standingDollars)} whatever happens.`,
    `(${ENDINGS.map((ending) => `${RECIPES[ending].says.split(":")[0]} ${percent(options.mix[ending])}`).join(", ")};` +
      ` ${percent(bill.recorded)} of traces recorded; without what is stored, and without any free tier.)`,
    "",
    ...bill.items.filter(({ dollars }) => dollars >= 0.005).map(itemRow),
    "",
    "The three dearest, and what changes them:",
    ...bill.items.slice(0, 3).map((item, at) => `${at + 1}. ${itemRow(item).trim()}\n   ${leverOf(item) ?? "nothing"}`),
    "",
    ...comparisonText(comparison),
  ].join("\n");
}

function unitsTable({ measured }: CostReport): string[] {
  const all = ENDINGS.flatMap((ending) => measured.endings[ending].amongOthers);
  const units = [...new Set(all.map(({ unit }) => unit))];
  const rows = units.map((unit) => {
    const { name, divisor } = SHOWN[unit] ?? { name: PRICES[unit as PricedUnit].name, divisor: 1 };
    const cells = ENDINGS.map((ending) => {
      const { alone, amongOthers } = measured.endings[ending];
      return `${figure(unitsOf(amongOthers, unit) / divisor)} (${figure(unitsOf(alone, unit) / divisor)})`;
    });
    return [name, ...cells];
  });
  return table([["", ...HEADS], ...rows]);
}

function partsTable(report: CostReport): string[] {
  const dollars = ENDINGS.map((ending) => pricedByPart(report.measured.endings[ending].amongOthers, report));
  const parts = Object.keys(PARTS) as Part[];
  const rows = parts.map((part) => [PARTS[part], ...dollars.map((of) => money(of.get(part) ?? 0))]);
  const sums = dollars.map((of) => money([...of.values()].reduce((sum, part) => sum + part, 0)));
  return table([["", ...HEADS], ...rows, ["all", ...sums]]);
}

function pricedByPart(lines: readonly OrderLine[], { options, measured }: CostReport): Map<Part, number> {
  const recorded = recordedShare(options.orders * traceStarts(lines), measured.sampling);
  const all = priced(lines, recorded, MILLION);
  const parts = new Set(all.map(({ part }) => part));
  return new Map([...parts].map((part) => [part, sumOf(all.filter((line) => line.part === part))]));
}

function itemRow({ unit, part, quantity, dollars }: BillItem): string {
  const { name, divisor } = SHOWN[unit] ?? { name: PRICES[unit].name, divisor: 1 };
  return `${`$${money(dollars)}`.padStart(10)}  ${grouped(Math.round(quantity / divisor))} ${name}: ${partInWords(part)}`;
}

function comparisonText({ ours, replaced, ratio }: Comparison): string[] {
  const rows = replaced.byUnit.map(({ unit, ours: here, replaced: there }) => [
    SHOWN[unit]?.name ?? PRICES[unit as PricedUnit].name,
    money(here),
    money(there),
  ]);
  return [
    "A confirmed order of two lines, alone, beside the system that was replaced (cli/cost/replacedSystem.ts), $ a million:",
    "",
    ...table([["", "ours", "replaced"], ...rows, ["all", money(ours.all), money(replaced.dollars)]]),
    "",
    `Write units: ${figure(ours.writeUnits)}, ${figure(ours.sameWorkWriteUnits)} of them for the same work; theirs ${replaced.writeUnits}.`,
    `The same work (accept, saga, events): $${money(ours.sameWork)} to theirs $${money(replaced.dollars)}.`,
    `With audit trail, receipt and notification: $${money(ours.all)}, ${ratio.toFixed(2)} times theirs.`,
  ];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** At most three digits that mean something. */
function figure(value: number): string {
  if (value === 0) return "0";
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function money(dollars: number): string {
  return grouped(dollars, 2);
}

function grouped(value: number, digits = 0): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
