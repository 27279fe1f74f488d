import { count, type Limit } from "./limits";
import { QUOTAS, type Quota } from "./quotas";

/**
 * The limits as a table in Markdown: what each takes, how much of it is used at so many orders a minute when all of them
 * are of one tenant or of one product, and what to change.
 */
export function limitsTable(limits: readonly Limit[], perMinute: readonly number[]): string {
  const header = ["limit", "of a", "orders/s", ...perMinute.map((rate) => `${count(rate)}/min`), "because", "change"];
  const rows = limits.map(({ what, scope, orders, because, change }) => {
    const used = perMinute.map((rate) => usedText(rate / 60 / orders));
    return [what, scope, count(orders), ...used, because, change];
  });
  return table(header, rows);
}

/** The quotas as a table in Markdown. */
export function quotasTable(): string {
  const rows = Object.values(QUOTAS).map(({ value, unit, region, adjustable, source }: Quota) => [
    ...[count(value), unit, region, adjustable ? "yes" : "no", source],
  ]);
  return table(["quota", "of", "Region", "adjustable", "source"], rows);
}

/** What is above one is too much, and stands out. */
function usedText(share: number): string {
  return share > 1 ? `**${share < 10 ? share.toFixed(1) : count(share)} ×**` : `${Math.ceil(share * 100)} %`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
