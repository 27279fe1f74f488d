import { keep, kept } from "../location";

/** A product of an order, and how many of it. */
export interface Line {
  readonly productId: string;
  readonly qty: number;
}

const USUAL = "2*PROD-001 1*PROD-003";

/** The order's lines as the address has them; those it usually has when none can be read there. */
export function keptLines(): readonly Line[] {
  const lines = linesOf(kept("items", USUAL));
  return lines.length === 0 ? linesOf(USUAL) : lines;
}

/** Keeps the order's lines in the address. */
export function keepLines(lines: readonly Line[]): void {
  keep("items", lines.map(({ productId, qty }) => `${qty}*${productId}`).join(" "), USUAL);
}

function linesOf(text: string): readonly Line[] {
  return text.split(" ").flatMap((part) => {
    const [, qty, productId] = /^([^*]+)\*(.+)$/.exec(part) ?? [];
    return productId === undefined || !Number.isFinite(Number(qty)) ? [] : [{ productId, qty: Number(qty) }];
  });
}
