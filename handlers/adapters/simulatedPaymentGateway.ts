import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand, type DynamoDBDocumentClient, type UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { digestOf, isDeclined } from "../../contracts/simulatedPayment";
import {
  DECLINE_REASONS,
  type Charge,
  type ChargeAnswer,
  type DeclineReason,
  type PaymentGateway,
} from "../paymentGateway";
import { dynamoDb } from "./dynamoDb";

export interface SimulatedPaymentGatewayOptions {
  /** The gateway's own books, keyed by `orderId`. */
  readonly paymentsTable: string;
  /** Orders in a hundred that are declined, from 0 to 100. */
  readonly failurePercent: number;
  /** How long each call takes before it has its effect, in milliseconds. */
  readonly latencyMs: number;
  /** @default the function's own client */
  readonly database?: DynamoDBDocumentClient;
}

/** An order in the gateway's books. `captures` and `refunds` count what happened, so that twice would show. */
interface Booking {
  readonly orderId: string;
  readonly status: "CAPTURED" | "DECLINED" | "REFUNDED" | "VOIDED";
  readonly transactionId?: string;
  readonly reason?: DeclineReason;
  readonly amountMinor?: number;
  readonly currency?: string;
  readonly captures: number;
  readonly refunds: number;
}

/**
 * A payment gateway that moves no money but keeps books as a real one would: an order is decided once, and a lost
 * answer is answered again. An order that was voided or refunded is never charged afterwards.
 */
export function simulatedPaymentGateway(options: SimulatedPaymentGatewayOptions): PaymentGateway {
  const { paymentsTable, failurePercent, latencyMs, database = dynamoDb() } = options;

  const latency = async (): Promise<void> => {
    if (latencyMs > 0) await wait(latencyMs);
  };

  /** Books under a condition. Answers the booking that stood in the way, or what the condition missed. */
  const book = async (booking: BookingWrite): Promise<{ booked: boolean; existing?: Booking }> => {
    try {
      await database.send(new UpdateCommand(bookingUpdate(paymentsTable, booking)));
      return { booked: true };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { booked: false, ...(error.Item && { existing: unmarshall(error.Item) as Booking }) };
    }
  };

  return {
    async charge(charge) {
      await latency();
      const decision = decide(charge.orderId, failurePercent);
      const { orderId, ...amount } = charge;
      const captures = decision.outcome === "CAPTURED" ? 1 : 0;
      const { outcome: status, ...rest } = decision;
      const { existing } = await book({ orderId, whenStatus: "NONE", sets: { status, ...rest, ...amount }, captures });
      return existing === undefined ? decision : chargedBefore(existing, charge);
    },

    async refundOrVoid(orderId) {
      await latency();
      for (;;) {
        const refund = await book({ orderId, whenStatus: "CAPTURED", sets: { status: "REFUNDED" }, refunds: 1 });
        const charged = refund.existing?.status;
        if (refund.booked || charged === "REFUNDED")
          return { outcome: "REFUNDED", transactionId: transactionOf(orderId) };
        if (charged === "VOIDED" || charged === "DECLINED") return { outcome: charged };
        const voided = await book({ orderId, whenStatus: "NONE", sets: { status: "VOIDED" } });
        // Not booked: a charge came between the two looks, and the next refund finds it.
        if (voided.booked) return { outcome: "VOIDED" };
      }
    },
  };
}

interface BookingWrite {
  readonly orderId: string;
  readonly whenStatus: "NONE" | "CAPTURED";
  readonly sets: Partial<Booking>;
  readonly captures?: number;
  readonly refunds?: number;
}

function bookingUpdate(table: string, { orderId, whenStatus, sets, captures = 0, refunds = 0 }: BookingWrite) {
  const fields = Object.entries(sets);
  const names = [...fields.map(([field]) => field), "captures", "refunds", "status"];
  const condition = whenStatus === "NONE" ? "attribute_not_exists(#status)" : "#status = :required";
  return {
    TableName: table,
    Key: { orderId },
    UpdateExpression: `SET ${fields.map(([field]) => `#${field} = :${field}`).join(", ")} ADD #captures :c, #refunds :r`,
    ConditionExpression: condition,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(fields.map(([field, value]) => [`:${field}`, value])),
      ":c": captures,
      ":r": refunds,
      ...(whenStatus !== "NONE" && { ":required": whenStatus }),
    },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  } satisfies UpdateCommandInput;
}

/** A gateway refuses to use one idempotency key for two amounts. */
function chargedBefore({ status, reason, amountMinor, currency }: Booking, charge: Charge): ChargeAnswer {
  const { orderId } = charge;
  if (status === "VOIDED" || status === "REFUNDED") return { outcome: "VOIDED" };
  if (amountMinor !== charge.amountMinor || currency !== charge.currency) {
    throw new Error(`Order ${orderId} was charged with ${amountMinor} ${currency} before, not ${charge.amountMinor}.`);
  }
  if (status === "CAPTURED") return { outcome: "CAPTURED", transactionId: transactionOf(orderId) };
  return { outcome: "DECLINED", reason: reason ?? DECLINE_REASONS[0] };
}

/** The gateway's mind about an order: from its id alone, so that every repeat agrees. */
export function decide(orderId: string, failurePercent: number): Exclude<ChargeAnswer, { outcome: "VOIDED" }> {
  const digest = digestOf(orderId);
  if (!isDeclined(orderId, failurePercent)) {
    return { outcome: "CAPTURED", transactionId: transactionOf(orderId) };
  }
  const reason = DECLINE_REASONS[digest.readUInt32BE(4) % DECLINE_REASONS.length] ?? DECLINE_REASONS[0];
  return { outcome: "DECLINED", reason };
}

function transactionOf(orderId: string): string {
  return `txn-${createHash("sha256").update(`transaction of ${orderId}`).digest("hex").slice(0, 24)}`;
}
