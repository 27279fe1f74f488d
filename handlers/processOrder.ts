import { Check } from "@sinclair/typebox/value";
import type { OrderToPlace } from "../contracts/orderTasks";
import { OrderToPlaceBody } from "../contracts/schemas";
import { addLogKeys, count, log } from "./telemetry";

/** Runs the saga of an order to its end. */
export interface Sagas {
  /** @param attempt how often the order was tried, from 1; it only makes the execution easy to find */
  run(order: OrderToPlace, attempt: number): Promise<SagaEnd>;
}

export interface SagaEnd {
  readonly status: "SUCCEEDED" | "FAILED" | "TIMED_OUT";
  /** Name of the error that ended it. */
  readonly error?: string;
}

/** The queue that the message came from. */
export interface Messages {
  /** Hides a received message for so many seconds from now on. */
  hide(receiptHandle: string, seconds: number): Promise<void>;
}

/** A message as a handler sees it. */
export interface QueueMessage {
  readonly messageId: string;
  /** Parsed JSON. */
  readonly body: unknown;
  /** From 1. */
  readonly receiveCount: number;
  readonly receiptHandle: string;
}

export interface ProcessOrderDeps {
  readonly sagas: Sagas;
  readonly messages: Messages;
  /** From 0 up to 1; spreads retries. @default Math.random */
  readonly random?: () => number;
}

/**
 * Carries one order of the queue to its end. Only a saga that SUCCEEDED settles the message; everything else is thrown,
 * so that the queue delivers it again, sooner than its visibility timeout would.
 */
export function processOrder({ sagas, messages, random = Math.random }: ProcessOrderDeps) {
  const comeBack = async ({ receiptHandle, receiveCount }: QueueMessage): Promise<void> => {
    try {
      await messages.hide(receiptHandle, backoffSeconds(receiveCount, random()));
    } catch (error) {
      // The message then comes back after the visibility timeout: later, but it does.
      log("warn", "The message keeps its visibility timeout.", { error });
    }
  };

  return async (message: QueueMessage): Promise<void> => {
    const order = readOrder(message.body);
    addLogKeys({ orderId: order.orderId, tenantId: order.tenantId, correlationId: order.correlationId });
    try {
      const { status, error } = await sagas.run(order, message.receiveCount);
      if (status !== "SUCCEEDED")
        throw new Error(`The saga of order ${order.orderId} ended ${status}: ${error ?? "-"}.`);
      count("OrderProcessed");
    } catch (error) {
      count("OrderProcessingFailed");
      await comeBack(message);
      throw error;
    }
  };
}

const FIRST_BACKOFF_SECONDS = 5;
const LONGEST_BACKOFF_SECONDS = 300;

/** 5 s, doubled with each receive up to five minutes, of which between half and all is waited. */
export function backoffSeconds(receiveCount: number, random: number): number {
  const full = Math.min(FIRST_BACKOFF_SECONDS * 2 ** (receiveCount - 1), LONGEST_BACKOFF_SECONDS);
  return Math.ceil((full * (1 + random)) / 2);
}

/** The event's detail holds more than the saga needs (its customer, for one); only what it needs goes on. */
function readOrder(body: unknown): OrderToPlace {
  if (!Check(OrderToPlaceBody, body)) throw new Error("The message is not the detail of an OrderCreated event.");
  const { orderId, tenantId, correlationId, items, amountMinor, currency } = body;
  return {
    orderId,
    tenantId,
    correlationId,
    items: items.map(({ productId, qty }) => ({ productId, qty })),
    amountMinor,
    currency,
  };
}
