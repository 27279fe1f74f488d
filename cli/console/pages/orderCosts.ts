import type { Cost } from "../../../console/pages";
import type { Attribution } from "../../../local/meter/attribution";
import type { Meter } from "../../../local/meter/meter";
import { perOrder, priced, sumOf, type PricedLine } from "../../cost/bill";
import { partInWords } from "../../cost/monthlyBill";
import { PRICES_OF } from "../../cost/prices";

/** However a text names its order: in JSON, in DynamoDB's JSON, or as JSON within a text. */
const ORDER_ID = /orderId\W{1,12}(?:S\W{1,9})?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g;

/** What each order costs on AWS, as the runtime's meter counts it from the time on when somebody first looks. */
export class OrderCosts {
  private readonly attribution: Attribution;

  /** @param tracedShare of the traces, from 0 to 1 */
  constructor(
    meter: Meter,
    private readonly tracedShare: number,
  ) {
    this.attribution = meter.attribute(ordersIn);
  }

  /** Undefined for an order that was placed before anybody looked. */
  of(orderId: string): Cost | undefined {
    const reading = this.attribution.read(orderId);
    if (reading === undefined) return undefined;
    const lines = priced(perOrder(reading, 1), this.tracedShare);
    const { region, date } = PRICES_OF;
    return { currency: "USD", total: sumOf(lines), lines: byPart(lines), basis: `list prices of ${region}, ${date}` };
  }
}

/** Ids of the orders that a text names, each once. */
export function ordersIn(text: string): string[] {
  return [...new Set([...text.matchAll(ORDER_ID)].map(([, orderId = ""]) => orderId))];
}

/** The dearest first. */
function byPart(lines: readonly PricedLine[]): { readonly what: string; readonly amount: number }[] {
  return [...new Set(lines.map(({ part }) => part))]
    .map((part) => ({ what: partInWords(part), amount: sumOf(lines.filter((line) => line.part === part)) }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount);
}
