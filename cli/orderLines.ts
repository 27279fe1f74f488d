import pc from "picocolors";
import { EVENT_SOURCE, type OrderEvents } from "../contracts/events";
import * as tasks from "../contracts/orderTasks";
import type { BusEvent, FeedEvents } from "../local/feed";

/** One thing that happened, ready to be shown: text for people, fields for machines. */
export interface Line {
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** A business "no" is thrown by a task function because Step Functions knows no other way; it is no fault. */
const REJECTIONS: ReadonlySet<string> = new Set(
  [tasks.reserveInventory, tasks.processPayment, tasks.issueReceipt, tasks.confirmOrder].flatMap(({ rejections }) => [
    ...rejections,
  ]),
);

/** Whether what a function threw is a business answer. */
export function isRejection(errorType: string): boolean {
  return REJECTIONS.has(errorType);
}

/** An event of an order, as one line; undefined for events of other sources. */
export function eventLine({ event }: FeedEvents["busEvent"]): Line | undefined {
  if (event.source !== EVENT_SOURCE) return undefined;
  const type = event["detail-type"] as keyof OrderEvents;
  const detail = event.detail as OrderEvents[typeof type];
  const json = { what: "order", type, at: event.time, ...detail };
  return { text: `${time(detail.occurredAt)}  ${detail.orderId}  ${paint(type)}  ${said(event)}`.trimEnd(), json };
}

/** A function that failed: not a rejection, which is an answer. */
export function faultLine(invocation: FeedEvents["invocation"], nowMs: number): Line | undefined {
  const { error, functionName, requestId } = invocation;
  if (error === undefined || REJECTIONS.has(error.errorType)) return undefined;
  const at = new Date(nowMs).toISOString();
  return {
    text: `${time(at)}  ${pc.red("fault")}  ${functionName}: ${error.errorType}: ${oneLine(error.errorMessage)}`,
    json: { what: "fault", at, functionName, requestId, ...error },
  };
}

/** A message that was given up and now lies in a dead-letter queue. */
export function deadLetterLine(message: FeedEvents["message"], nowMs: number): Line | undefined {
  if (message.what !== "moved") return undefined;
  const at = new Date(nowMs).toISOString();
  const { queue, to, messageId, receiveCount } = message;
  return {
    text: `${time(at)}  ${pc.red("dead letter")}  message ${messageId} went from ${queue} to ${to} after ${receiveCount} receives`,
    json: { ...message, what: "deadLetter", at },
  };
}

export function troubleLine({ where, message }: FeedEvents["trouble"], nowMs: number): Line {
  const at = new Date(nowMs).toISOString();
  return {
    text: `${time(at)}  ${pc.red("trouble")}  ${where}: ${oneLine(message)}`,
    json: { what: "trouble", at, where, message },
  };
}

const WIDTH = "InventoryReserved".length;

function paint(type: keyof OrderEvents): string {
  const text = type.padEnd(WIDTH);
  switch (type) {
    case "OrderPlaced":
      return pc.green(text);
    case "OrderFailed":
      return pc.yellow(text);
    case "InventoryFailed":
    case "PaymentFailed":
    case "PaymentRefunded":
    case "InventoryReleased":
      return pc.magenta(text);
    case "OrderCreated":
      return pc.bold(text);
    case "InventoryReserved":
    case "PaymentProcessed":
      return text;
  }
}

/** What is worth knowing of each event beside its order. */
function said({ "detail-type": type, detail }: BusEvent): string {
  const event = detail as Partial<
    OrderEvents["OrderCreated"] & OrderEvents["OrderFailed"] & OrderEvents["PaymentProcessed"]
  >;
  switch (type as keyof OrderEvents) {
    case "OrderCreated":
      return `${event.tenantId}, ${count(event.itemCount ?? 0, "unit")}, ${money(event.totalAmount, event.currency)}`;
    case "OrderPlaced":
      return pc.green(`confirmed, ${money(event.totalAmount, event.currency)}`);
    case "PaymentProcessed":
      return `${money(event.amount, event.currency)}, ${event.transactionId}`;
    case "PaymentRefunded":
      return money(event.amount, event.currency);
    case "InventoryFailed":
    case "PaymentFailed":
      return event.failureReason ?? "";
    case "OrderFailed":
      return pc.yellow(`failed, ${event.failureCode}`);
    case "InventoryReserved":
    case "InventoryReleased":
      return (event.items ?? []).map(({ productId, qty }) => `${qty} × ${productId}`).join(", ");
  }
}

function money(amount: number | undefined, currency: string | undefined): string {
  return amount === undefined ? "" : `${amount.toFixed(2)} ${currency ?? ""}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Hours to milliseconds of an ISO 8601 time. */
function time(iso: string): string {
  return pc.dim(iso.slice(11, 23));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, 300);
}
