import { UsageError } from "./terminal";

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of `90s`, `15m`, `1h` or `2d`. Throws a {@link UsageError} that names the option. */
export function durationMs(option: string, text: string): number {
  const [, number, unit] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? [];
  if (number === undefined) {
    throw new UsageError(`${option} takes a time such as 90s, 15m, 1h or 2d, not "${text}".`);
  }
  return Number(number) * UNIT_MS[unit as keyof typeof UNIT_MS];
}
