import type { PromiseVerdict } from "../../../console/protocol";
import type { Order } from "../../../contracts/order";
import { toDecimal } from "../../../contracts/money";
import { SEED_CATALOGUE } from "../../../contracts/seedCatalogue";
import { BookReader, type Payment, type StockLevel } from "../../../simulation/books";
import { checkMoney } from "../../../simulation/checkers/money";
import { checkStock } from "../../../simulation/checkers/stock";
import type { History, Violation } from "../../../simulation/history";
import type { Target } from "../../../simulation/target";

interface Parts {
  readonly target: Pick<Target, "aws" | "tables" | "receiptsBucket">;
  readonly currency: string;
  readonly finalWithinSeconds: number;
  readonly nowMs: () => number;
  /** Messages about orders that wait or are being worked on, and those that were given up. */
  readonly letters: () => { readonly underWay: number; readonly givenUp: number };
}

/** Evaluates the promises of the simulator's checkers on a pipeline at work. */
export class Promises {
  private readonly books: BookReader;
  /** What came in: the seed of a new shop, what was restocked, and products that somebody added by other means. */
  private readonly initial = new Map(SEED_CATALOGUE.map(({ productId, stock }) => [productId, stock]));

  constructor(private readonly parts: Parts) {
    this.books = new BookReader(parts.target);
  }

  /** Units that came in from outside: the sum begins with so many more. */
  restocked(productId: string, units: number): void {
    this.initial.set(productId, (this.initial.get(productId) ?? 0) + units);
  }

  async judge(): Promise<PromiseVerdict[]> {
    // Orders are read before and after: what moved in between may be in one table already and not yet in another.
    const before = await this.books.orders();
    const [stock, payments] = await Promise.all([this.books.stock(), this.books.payments()]);
    const orders = await this.books.orders();
    for (const [productId, units] of initialOf(stock, orders)) {
      if (!this.initial.has(productId)) this.initial.set(productId, units);
    }
    const moving = movingBetween(before, orders);
    return [this.stock(stock, orders, moving), this.money(orders, payments, moving), this.stuck(orders)];
  }

  close(): void {
    this.books.close();
  }

  /** An order holds its units from its reservation on, until they are given back or it is over. */
  private stock(stock: readonly StockLevel[], orders: readonly Order[], moving: ReadonlySet<string>): PromiseVerdict {
    const holding = orders.map((order) => ({
      ...order,
      status: order.reserved ? ("CONFIRMED" as const) : ("FAILED" as const),
    }));
    const found = checkStock(historyOf({ initialStock: this.initial, orders: holding, stock, payments: [] }));
    const inMotion = new Set(
      orders
        .filter(({ orderId }) => moving.has(orderId))
        .flatMap(({ items }) => items.map(({ productId }) => productId)),
    );
    const violations = found.filter(({ sentence }) => ![...inMotion].some((id) => sentence.startsWith(`${id} had`)));
    const left = stock.reduce((sum, level) => sum + level.stock, 0);
    const held = holding.filter(({ status }) => status === "CONFIRMED").reduce((sum, order) => sum + unitsOf(order), 0);
    const all = [...this.initial.values()].reduce((sum, units) => sum + units, 0);
    return verdict("stock", violations, `${all} units came in: ${left} on the shelf, ${held} held by orders`);
  }

  /** What is under way may be charged and not yet confirmed; judged is what has come to its end. */
  private money(orders: readonly Order[], payments: readonly Payment[], moving: ReadonlySet<string>): PromiseVerdict {
    const settled = orders.filter(({ status, orderId }) => status !== "PENDING" && !moving.has(orderId));
    const unsettled = new Set(orders.filter((order) => !settled.includes(order)).map(({ orderId }) => orderId));
    const judged = payments.filter(({ orderId }) => !unsettled.has(orderId));
    // An order that came after the tables were read has no row among the orders, and may have one among the payments.
    const found = checkMoney(historyOf({ initialStock: new Map(), orders: settled, stock: [], payments: judged }));
    const kept = judged.reduce(
      (sum, { captures = 0, refunds = 0, amountMinor = 0 }) => sum + (captures - refunds) * amountMinor,
      0,
    );
    const owed = settled
      .filter(({ status }) => status === "CONFIRMED")
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    return verdict(
      "money",
      found,
      `confirmed orders come to ${this.amount(owed)}; the provider kept ${this.amount(kept)}`,
    );
  }

  /** An order may wait for its next try; it is stuck when it is late and nothing carries it any more. */
  private stuck(orders: readonly Order[]): PromiseVerdict {
    const { finalWithinSeconds, nowMs, letters } = this.parts;
    const pending = orders.filter(({ status }) => status === "PENDING");
    const lateMs = 2 * finalWithinSeconds * 1000;
    const late = pending.filter(({ updatedAt }) => nowMs() - Date.parse(updatedAt) > lateMs);
    const { underWay, givenUp } = letters();
    const stuck = underWay === 0 ? late : [];
    const violations = stuck.map(({ orderId, stage }): Violation => {
      const why = givenUp > 0 ? "its message was given up: replay the dead letters" : "nothing carries it on";
      return { promise: "liveness", sentence: `Order ${orderId} is at ${stage}, and ${why}.`, orderId };
    });
    const waiting =
      pending.length === 0
        ? "every order is final"
        : `${pending.length} under way, ${underWay} messages in the order queue`;
    return verdict("stuck", violations, waiting);
  }

  private amount(minor: number): string {
    return new Intl.NumberFormat("en", { style: "currency", currency: this.parts.currency }).format(
      toDecimal(minor, this.parts.currency),
    );
  }
}

/** The promises while the books cannot be read. */
export function unknownPromises(why: string): PromiseVerdict[] {
  return (["stock", "money", "stuck"] as const).map((name) => ({ name, state: "unknown", said: why, violations: [] }));
}

function verdict(name: PromiseVerdict["name"], violations: readonly Violation[], said: string): PromiseVerdict {
  const told = violations.map(({ sentence, orderId }) => ({ sentence, ...(orderId !== undefined && { orderId }) }));
  return { name, state: violations.length === 0 ? "kept" : "broken", said, violations: told.slice(0, 20) };
}

/** Whatever is held was on the shelf before. */
function initialOf(stock: readonly StockLevel[], orders: readonly Order[]): [string, number][] {
  const held = new Map<string, number>();
  for (const { items } of orders.filter(({ reserved }) => reserved)) {
    for (const { productId, qty } of items) held.set(productId, (held.get(productId) ?? 0) + qty);
  }
  return stock.map(({ productId, stock: left }) => [productId, left + (held.get(productId) ?? 0)]);
}

function movingBetween(before: readonly Order[], after: readonly Order[]): Set<string> {
  const versions = new Map(before.map(({ orderId, version }) => [orderId, version]));
  return new Set(
    after.filter(({ orderId, version }) => versions.get(orderId) !== version).map(({ orderId }) => orderId),
  );
}

interface Judged {
  readonly initialStock: ReadonlyMap<string, number>;
  readonly orders: readonly Order[];
  readonly stock: readonly StockLevel[];
  readonly payments: readonly Payment[];
}

function historyOf({ initialStock, orders, stock, payments }: Judged): History {
  return {
    initialStock,
    books: { orders, stock, payments, recorded: [], receipts: new Map() },
    ...{ events: [], messages: [], attempts: [] },
  };
}

function unitsOf({ items }: Order): number {
  return items.reduce((sum, { qty }) => sum + qty, 0);
}
