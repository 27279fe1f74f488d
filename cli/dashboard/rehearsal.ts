import { randomBytes } from "node:crypto";
import { ROOMY_LIMITS } from "../simulationTarget";
import type { Pipeline } from "../pipeline";
import type { Span } from "./panels";

/** A pipeline whose hours pass in a moment where nothing happens, with thresholds for a small shop. */
export const REHEARSAL = {
  speed: 300,
  settings: [...ROOMY_LIMITS, "paymentFailurePercent=8", "alarmFailureMinOrders=5", "alarmQueueDepth=20"],
};

const MINUTES = 60;
const PRODUCTS = ["PROD-001", "PROD-002", "PROD-003", "PROD-004", "PROD-006", "PROD-008", "PROD-010"];
/** Out of stock from the beginning. */
const SOLD_OUT = "PROD-011";

/** What happens, by the minute in which it begins. */
const MISHAPS: Readonly<Record<number, (pipeline: Pipeline) => void>> = {
  // Events wait in the table's stream, and orders with them, until the bus is back.
  16: ({ runtime: { faults, clock } }) =>
    void faults.away({ service: "events", fromMs: clock.now(), untilMs: clock.now() + 4 * 60_000 }),
  32: ({ runtime: { faults } }) => void faults.slow({ service: "dynamodb", byMs: 60 }),
  37: ({ runtime: { faults } }) => faults.clear(),
  // Answers of tables are lost, so that steps are tried again, and undone where that does not help.
  42: ({ runtime: { faults } }) => faults.set({ seed: 7, rates: { failBefore: 0.2, loseAnswer: 0.1, conflict: 0.1 } }),
  46: ({ runtime: { faults } }) => faults.clear(),
};

/**
 * An eventful hour: orders come in waves, a service is away, another is slow, calls go wrong; towards the end everybody
 * wants what is sold out. Answers the span of time to look at.
 */
export async function rehearsal(pipeline: Pipeline): Promise<Span> {
  const { clock } = pipeline.runtime;
  const fromMs = clock.now();
  for (let minute = 0; minute < MINUTES; minute++) {
    MISHAPS[minute]?.(pipeline);
    await shopping(pipeline, minute);
    await clock.sleep(Math.max(0, fromMs + (minute + 1) * 60_000 - clock.now()));
  }
  return { fromMs, toMs: clock.now() };
}

/** A minute's customers: some order, all look. */
async function shopping({ outputs }: Pipeline, minute: number): Promise<void> {
  const orders = Math.round(3 + 2 * Math.sin(minute / 6) + 2 * Math.random());
  const rush = minute >= 52;
  for (let order = 0; order < orders + (rush ? 3 : 0); order++) {
    const productId = rush && order % 2 === 0 ? SOLD_OUT : PRODUCTS[(minute + order) % PRODUCTS.length];
    const body = { userId: `user-${order}`, items: [{ productId, qty: 1 + (order % 3) }] };
    const { orderId = "unknown" } = await call(outputs, "POST", "/orders", body);
    await call(outputs, "GET", `/orders/${orderId}`);
  }
  await call(outputs, "GET", minute % 7 === 0 ? `/orders/${randomBytes(4).toString("hex")}` : "/products");
}

async function call(
  { apiUrl, apiKeys }: Pipeline["outputs"],
  method: string,
  path: string,
  body?: object,
): Promise<{ readonly orderId?: string }> {
  const headers = { "content-type": "application/json", "x-api-key": Object.values(apiKeys)[0] ?? "" };
  const answer = await fetch(`${apiUrl}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return (await answer.json()) as { readonly orderId?: string };
}
