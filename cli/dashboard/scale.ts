/** From values to places on paper. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  /** Round values in it, to be marked. */
  readonly ticks: readonly number[];
}

const STEPS = [1, 2, 2.5, 5, 10];

/** From the least (0 unless some are less) to a round value above the greatest; what is counted is not cut into parts. */
export function valueScale(values: readonly number[], most = 4): Scale {
  const least = values.reduce((a, b) => Math.min(a, b), 0);
  const greatest = values.reduce((a, b) => Math.max(a, b), least);
  const span = greatest - least || 1;
  const magnitude = 10 ** Math.floor(Math.log10(span / most));
  const finest = values.every(Number.isInteger) ? 1 : 0;
  const step = Math.max(finest, magnitude * (STEPS.find((one) => magnitude * one * most >= span) ?? 10));
  const from = Math.floor(least / step) * step;
  const count = Math.max(1, Math.ceil((greatest - from) / step - 1e-9));
  return { from, to: from + count * step, ticks: Array.from({ length: count + 1 }, (_, at) => from + at * step) };
}

const TIME_STEPS_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

/** Full minutes, or hours, in a span. */
export function timeTicks({ from, to }: { readonly from: number; readonly to: number }, most = 5): readonly number[] {
  const minutes = (to - from) / 60_000;
  const step = 60_000 * (TIME_STEPS_MINUTES.find((one) => minutes / one <= most) ?? 1440);
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** `1.2k` and the like, short enough for an axis. */
export function shortNumber(value: number): string {
  const [divisor, suffix] = Math.abs(value) >= 1e6 ? [1e6, "M"] : Math.abs(value) >= 1e4 ? [1e3, "k"] : [1, ""];
  return `${Number((value / divisor).toFixed(2))}${suffix}`;
}
