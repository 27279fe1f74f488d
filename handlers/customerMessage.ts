import { toDecimal, minorDigits } from "../contracts/money";
import type { CustomerMessage, Ending } from "../contracts/notification";
import type { Order } from "../contracts/order";

/** What a message says, before it has an id. */
type Wording = Pick<CustomerMessage, "ending" | "subject" | "text">;

/** The words for an order that has ended; undefined for one that has not. */
export function wordingOf(order: Order): Wording | undefined {
  const ending = endingOf(order);
  if (ending === undefined) return undefined;
  const { headline, says } = WORDS[ending];
  const text = [
    "Hello,",
    ...says(order),
    [`Your order ${order.orderId}:`, ...linesOf(order), `  Total: ${amount(order, order.amountMinor)}`].join("\n"),
  ].join("\n\n");
  return { ending, subject: `${headline} (${shortId(order)})`, text: `${text}\n` };
}

function endingOf({ status, failure, payment }: Order): Ending | undefined {
  if (status === "CONFIRMED") return "CONFIRMED";
  if (status !== "FAILED") return undefined;
  if (failure?.code === "OUT_OF_STOCK") return "OUT_OF_STOCK";
  if (failure?.code === "PAYMENT_DECLINED") return "DECLINED";
  return payment?.status === "REFUNDED" ? "REFUNDED" : "FAILED";
}

interface Words {
  readonly headline: string;
  /** Paragraphs. */
  readonly says: (order: Order) => string[];
}

const NOTHING_CHARGED = "Nothing was charged.";

const WORDS: Readonly<Record<Ending, Words>> = {
  CONFIRMED: {
    headline: "Your order is confirmed",
    says: (order) => [
      `Thank you. Your order is confirmed and ${amount(order, order.payment?.amountMinor ?? order.amountMinor)} is paid.`,
      [
        ...(order.payment?.transactionId === undefined ? [] : [`Transaction: ${order.payment.transactionId}`]),
        ...(order.receiptKey === undefined ? [] : [`Receipt:     ${order.orderId}`]),
      ].join("\n"),
    ],
  },
  OUT_OF_STOCK: {
    headline: "Your order could not be filled",
    says: ({ failure }) => [
      `We are sorry: we could not fill your order. ${sentence(failure?.reason)}`,
      `${NOTHING_CHARGED} You can order again with what is in stock.`,
    ],
  },
  DECLINED: {
    headline: "Your payment was declined",
    says: ({ failure }) => [
      `We could not take the payment for your order. ${sentence(failure?.reason)}`,
      `${NOTHING_CHARGED} Please check with your bank or choose another means of payment, and order again.`,
    ],
  },
  REFUNDED: {
    headline: "Your order failed and is refunded",
    says: (order) => [
      "We are sorry: something went wrong on our side after your payment, and your order could not be completed.",
      `${amount(order, order.payment?.amountMinor ?? order.amountMinor)} goes back to where it came from` +
        `${order.payment?.transactionId === undefined ? "." : ` (transaction ${order.payment.transactionId}).`}` +
        " You need not do anything.",
    ],
  },
  FAILED: {
    headline: "Your order could not be completed",
    says: () => [
      "We are sorry: something went wrong on our side, and your order could not be completed.",
      `${NOTHING_CHARGED} Please order again.`,
    ],
  },
};

function linesOf({ items, currency }: Order): string[] {
  return items.map(
    ({ name, productId, qty, unitPriceMinor }) =>
      `  ${qty} × ${name} (${productId}), ${money(unitPriceMinor, currency)} each: ${money(qty * unitPriceMinor, currency)}`,
  );
}

function amount({ currency }: Order, amountMinor: number): string {
  return money(amountMinor, currency);
}

/** For example `109.97 EUR`: the same in every language, and in plain ASCII. */
function money(amountMinor: number, currency: string): string {
  return `${toDecimal(amountMinor, currency).toFixed(minorDigits(currency))} ${currency}`;
}

function sentence(reason = ""): string {
  return /[.!?]$/.test(reason) || reason === "" ? reason : `${reason}.`;
}

/** Enough of the id to tell two orders of a customer apart in a list of mails. */
function shortId({ orderId }: Order): string {
  return `order ${orderId.slice(0, 8)}`;
}
