import type { OrderEvents, OrderEventType } from "../../contracts/events";
import { minorDigits } from "../../contracts/money";
import type { RecordedEvent } from "../../contracts/trail";

/** What an event means, for people. */
export interface PlainWords {
  readonly words: string;
  /** What is worth knowing beside; may be empty. */
  readonly said: string;
  /** Whether it brought the order forward, back, or to its end. */
  readonly way: "forward" | "back" | "confirmed" | "failed";
}

type Worded<Type extends OrderEventType> = (detail: OrderEvents[Type]) => readonly [words: string, said: string];

const WORDS: { readonly [Type in OrderEventType]: Worded<Type> } = {
  OrderCreated: ({ itemCount, totalAmount, currency }) => [
    "accepted",
    `${counted(itemCount, "unit")}, ${money(totalAmount, currency)}`,
  ],
  InventoryReserved: ({ items }) => ["stock reserved", units(items)],
  PaymentProcessed: ({ amount, currency, transactionId }) => [
    "charged",
    `${money(amount, currency)}, ${transactionId}`,
  ],
  OrderPlaced: ({ totalAmount, currency, receiptKey }) => [
    "confirmed",
    [money(totalAmount, currency), receiptKey].filter((part) => part !== undefined).join(", "),
  ],
  InventoryFailed: ({ failureReason }) => ["out of stock", failureReason],
  PaymentFailed: ({ failureReason }) => ["payment declined", failureReason],
  PaymentRefunded: ({ amount, currency, transactionId }) => [
    "refunded",
    [money(amount, currency), transactionId].filter((part) => part !== undefined).join(", "),
  ],
  InventoryReleased: ({ items }) => ["stock given back", units(items)],
  OrderFailed: ({ step, failureCode, failureReason }) => ["failed", `${failureCode} in ${step}: ${failureReason}`],
};

const BACK: readonly string[] = ["InventoryFailed", "PaymentFailed", "PaymentRefunded", "InventoryReleased"];

/** An event in plain words; one of a later version by its type alone. */
export function plainWords({ type, detail }: RecordedEvent): PlainWords {
  const way =
    type === "OrderPlaced" ? "confirmed" : type === "OrderFailed" ? "failed" : BACK.includes(type) ? "back" : "forward";
  if (!Object.hasOwn(WORDS, type)) return { words: type, said: "", way };
  const worded = WORDS[type as OrderEventType] as (detail: unknown) => readonly [string, string];
  const [words, said] = worded(detail);
  return { words, said, way };
}

/** `109.97 EUR`, with as many digits as the currency has. */
export function money(amount: number, currency: string): string {
  return `${amount.toFixed(minorDigits(currency))} ${currency}`;
}

/** `1 event`, `2 events`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function units(items: readonly { readonly productId: string; readonly qty: number }[]): string {
  return items.map(({ productId, qty }) => `${qty} × ${productId}`).join(", ");
}
