import { summaryOf, type Figure, type Summary } from "./figure";
import type { Machine } from "./machine";

/** What one part came to, on which machine and when. */
export interface PartRecord {
  /** ISO 8601. */
  readonly takenAt: string;
  readonly machine: Machine;
  /** By name. */
  readonly figures: Readonly<Record<string, RecordedFigure>>;
}

/** A figure as a baseline keeps it. */
export type RecordedFigure = Summary & Pick<Figure, "unit">;

/** Parts by name. */
export type BenchRecord = Readonly<Record<string, PartRecord>>;

export function recordOf(figures: readonly Figure[], machine: Machine, takenAt: Date): PartRecord {
  const entries = figures.map((figure) => [figure.name, { unit: figure.unit, ...rounded(summaryOf(figure)) }]);
  return { takenAt: takenAt.toISOString(), machine, figures: Object.fromEntries(entries) as PartRecord["figures"] };
}

function rounded({ median, min, max, runs }: Summary): Summary {
  const [m, low, high] = [median, min, max].map((value) => Number(value.toPrecision(4)));
  return { median: m ?? NaN, min: low ?? NaN, max: high ?? NaN, runs };
}
