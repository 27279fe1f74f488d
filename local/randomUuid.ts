import { randomUUID } from "node:crypto";

/**
 * A version 4 UUID. With `random` (numbers from 0 up to 1) it follows from that sequence, so that a seed
 * repeats a run; without, it is truly random.
 */
export function randomUuid(random?: () => number): string {
  if (random === undefined) return randomUUID();
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16));
  digits[12] = "4";
  digits[16] = "89ab"[Math.floor(random() * 4)] ?? "8";
  const hex = digits.join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
