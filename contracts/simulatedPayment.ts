import { createHash } from "node:crypto";

/** What the simulated payment gateway makes its mind up from: the order's id alone, so that every repeat agrees. */
export function digestOf(orderId: string): Buffer {
  return createHash("sha256").update(orderId).digest();
}

/** Whether the simulated payment gateway declines an order, at so many declined orders in a hundred. */
export function isDeclined(orderId: string, failurePercent: number): boolean {
  return digestOf(orderId).readUInt32BE(0) % 100 < failurePercent;
}
