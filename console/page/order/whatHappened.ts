import type { OrderPage } from "../../pages";
import { money } from "../format";
import { stageWords } from "../parts/stages";

type Told = Pick<OrderPage, "order" | "charged" | "refunded" | "mails" | "trail" | "letters">;

/** What happened to an order, in sentences; the first one says it all. */
export function whatHappened(page: Told): readonly [string, ...string[]] {
  const { order } = page;
  switch (order.status) {
    case "CONFIRMED":
      return [
        `Confirmed: ${money(order.totalAmount, order.currency)} charged, stock taken, receipt issued.`,
        ...told(page),
      ];
    case "FAILED":
      return [failure(page), ...undone(page), ...told(page)];
    case "PENDING":
      return [`Under way: ${stageWords(order.stage)}.`, ...waiting(page)];
  }
}

function failure({ order: { failure } }: Told): string {
  if (failure === undefined) return "It failed.";
  const { code, reason, step } = failure;
  switch (code) {
    case "OUT_OF_STOCK":
      return `Failed because it was out of stock: ${reason}`;
    case "PAYMENT_DECLINED":
      return `Failed because ${lowerFirst(reason)}`;
    case "TECHNICAL_FAULT":
      return `Failed because of a fault of ours in ${step}, not because of the customer: ${reason}`;
  }
}

function undone({ order, charged, refunded, trail }: Told): string[] {
  const gaveBack = trail.some(({ type }) => type === "InventoryReleased");
  const back =
    refunded > 0 ? `${money(refunded, order.currency)} was refunded.` : charged > 0 ? "" : "Nothing was charged.";
  const stock = gaveBack ? "The stock was given back." : "No stock was taken.";
  return [back, stock].filter((text) => text !== "");
}

function told({ mails }: Told): string[] {
  const [mail] = mails;
  return mail === undefined ? ["The customer was not told yet."] : [`The customer was told: “${mail.subject}”.`];
}

function waiting({ order: { failure }, letters }: Told): string[] {
  return [
    ...(failure === undefined ? [] : [`It goes back because of ${failure.code} in ${failure.step}.`]),
    ...(letters.length === 0 ? [] : ["Its message was given up; replay it among the dead letters."]),
  ];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
