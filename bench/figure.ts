import { median } from "./statistics";

/** One measured quantity. */
export interface Figure {
  /** Unique within its part; a later run is compared by it. */
  readonly name: string;
  readonly unit: string;
  /** One value for each time that it was measured. */
  readonly values: readonly number[];
  readonly better: "less" | "more";
  /** What the median must not be above, or not below. */
  readonly target?: { readonly most: number } | { readonly least: number };
  /** A figure that explains others and is not held against a baseline. */
  readonly isAside?: boolean;
}

/** A figure in short: its middle, and how far its runs lay apart. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

export function summaryOf({ values }: Pick<Figure, "values">): Summary {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values), runs: values.length };
}

/** Whether the median is where it must be; undefined without a target. */
export function isMet({ values, target }: Pick<Figure, "values" | "target">): boolean | undefined {
  if (target === undefined) return undefined;
  return "most" in target ? median(values) <= target.most : median(values) >= target.least;
}

/** What a figure is, beside its values. */
export type FigureKind = Omit<Figure, "values">;

/** Collects figures whose values come one run after the other. */
export class Figures {
  private readonly byName = new Map<string, { kind: FigureKind; values: number[] }>();

  add(kind: FigureKind, value: number): void {
    const known = this.byName.get(kind.name);
    if (known === undefined) this.byName.set(kind.name, { kind, values: [value] });
    else known.values.push(value);
  }

  /** In the order in which they were first added. */
  get all(): readonly Figure[] {
    return [...this.byName.values()].map(({ kind, values }) => ({ ...kind, values }));
  }

  median(name: string): number {
    const found = this.byName.get(name);
    if (found === undefined) throw new RangeError(`There is no figure "${name}".`);
    return median(found.values);
  }
}
