import type { OrderList, OrderView, ProductList } from "../../contracts/schemas";
import type { WireAnswer } from "./exchange";
import { kindOf } from "./problemMistakes";
import type { FuzzTarget } from "./target";
import type { Wire } from "./wire";

/** What a caller of the API knows of it before trying anything odd. */
export interface Acquaintance {
  /** The API key that most requests come with, and another tenant's. */
  readonly key: string;
  readonly foreignKey: string;
  readonly products: readonly { readonly productId: string; readonly price: number }[];
  /** ISO 4217. */
  readonly currency: string;
  /** A user with orders. */
  readonly userId: string;
  readonly orders: readonly { readonly orderId: string; readonly etag: string }[];
  /** An order of another tenant. */
  readonly foreignOrderId: string;
  readonly cursors: { readonly orders: string; readonly products: string };
  /** Operations of the document that this very stack is without. */
  readonly absent: ReadonlySet<string>;
}

const SETTLING_MS = 60_000;
const PAUSE_MS = 200;

/**
 * Gets to know a stack: what it sells, and some orders that are placed for that. Whoever waits for them has seen
 * orders with payment, receipt and failure; sagas must run for it.
 */
export class Newcomer {
  private readonly keys: readonly string[];

  constructor(
    private readonly wire: Wire,
    target: Pick<FuzzTarget, "apiKeys">,
    /** Sends of whom these orders are; the same name makes the same orders. */
    private readonly name: string,
  ) {
    this.keys = Object.values(target.apiKeys);
    if (this.keys.length < 2) throw new Error("The stack has one tenant; to look for leaks between tenants takes two.");
  }

  async look({ untilFinal }: { readonly untilFinal: boolean }): Promise<Acquaintance> {
    const [key = "", foreignKey = ""] = this.keys;
    const { products } = await this.get<ProductList>("/products?limit=100");
    const { nextCursor: ofProducts = "" } = await this.get<ProductList>("/products?limit=1");
    const [first = products[0], ...others] = products.filter(({ inStock }) => inStock);
    const soldOut = products.find(({ inStock }) => !inStock) ?? others[0];
    if (first === undefined || soldOut === undefined)
      throw new Error("The stack sells nothing: run npm run seed first.");
    const wanted = [first.productId, soldOut.productId, first.productId];
    const ids = await Promise.all(wanted.map((productId, at) => this.place(key, productId, at)));
    const foreignOrderId = await this.place(foreignKey, first.productId, wanted.length);
    const orders = await Promise.all(ids.map((orderId) => this.order(orderId, untilFinal)));
    return {
      ...{ key, foreignKey, orders, foreignOrderId, userId: this.name, currency: first.currency },
      products: products.map(({ productId, price }) => ({ productId, price })),
      cursors: { orders: await this.ordersCursor(), products: ofProducts },
      absent: await this.absent(),
    };
  }

  private async place(key: string, productId: string, number: number): Promise<string> {
    const order = JSON.stringify({ userId: this.name, items: [{ productId, qty: 1 }] });
    const headers = [
      ["content-type", "application/json"],
      ["x-api-key", key],
      ["idempotency-key", `${this.name}-${number}`],
    ] as const;
    const answer = await this.wire.send({ method: "POST", target: "/orders", headers, body: Buffer.from(order) });
    return (read(answer, 201) as { orderId: string }).orderId;
  }

  private async order(orderId: string, untilFinal: boolean): Promise<{ orderId: string; etag: string }> {
    const deadline = performance.now() + SETTLING_MS;
    for (;;) {
      const answer = await this.ask(`/orders/${orderId}`);
      const { status } = read(answer, 200) as OrderView;
      if (status !== "PENDING" || !untilFinal) return { orderId, etag: answer.headers.get("etag") ?? "" };
      if (performance.now() > deadline) throw new Error(`Order ${orderId} is not final after ${SETTLING_MS / 1000} s.`);
      await pause();
    }
  }

  /** An order is listed a moment after it was accepted. */
  private async ordersCursor(): Promise<string> {
    const deadline = performance.now() + SETTLING_MS;
    for (;;) {
      const { nextCursor } = await this.get<OrderList>(`/orders?userId=${this.name}&limit=1`);
      if (nextCursor !== undefined) return nextCursor;
      if (performance.now() > deadline) throw new Error(`The orders of ${this.name} are not listed.`);
      await pause();
    }
  }

  private async absent(): Promise<ReadonlySet<string>> {
    const report = await this.ask("/reports/orders?from=2026-01-01&to=2026-01-02");
    return new Set(kindOf(report) === "no-such-operation" ? ["reportOrders"] : []);
  }

  private async get<Body>(target: string): Promise<Body> {
    return read(await this.ask(target), 200) as Body;
  }

  private ask(target: string): Promise<WireAnswer> {
    return this.wire.send({ method: "GET", target, headers: [["x-api-key", this.keys[0] ?? ""]] });
  }
}

function read({ status, body }: WireAnswer, expected: number): unknown {
  const text = body.toString("utf8");
  if (status !== expected) throw new Error(`The stack cannot be got to know: it answers ${status} ${text}`);
  return JSON.parse(text) as unknown;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
