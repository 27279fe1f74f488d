import type { FailureCode } from "../contracts/order";
import type { cancelOrder as contract } from "../contracts/orderTasks";
import type { HandlerOf } from "../contracts/task";
import type { Ledger } from "./ledger";
import { count, log } from "./telemetry";

/** Puts up the fence, and writes down for the customer why. */
export function cancelOrder({ ledger }: { readonly ledger: Pick<Ledger, "cancel"> }): HandlerOf<typeof contract> {
  return async ({ orderId, step, code, cause }) => {
    const answer = await ledger.cancel(orderId, { step, code, reason: customerReason(code, cause) });
    if (answer === "CONFIRMED") log("warn", "A confirmed order is not cancelled.", { step, code });
    if (answer === "DONE" && code === "TECHNICAL_FAULT") {
      count("OrderFaulted");
      log("error", "Order is cancelled by a fault.", { step, cause });
    }
    return { outcome: answer === "CONFIRMED" ? "CONFIRMED" : "CANCELLED" };
  };
}

/** Longest reason that is kept, in characters; a sentence needs no more. */
const LONGEST_REASON = 300;

const FIXED_REASONS: Readonly<Record<FailureCode, string>> = {
  OUT_OF_STOCK: "Not everything in the order is in stock.",
  PAYMENT_DECLINED: "The payment was declined.",
  TECHNICAL_FAULT: "A technical fault kept us from completing the order. It is not charged.",
};

/**
 * What the customer reads. A rejection's own sentence stands in the `errorMessage` of the JSON that Lambda makes of
 * a thrown error (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html), next to a stack trace that
 * nobody outside may see. Of a fault, and of a cause that is not such JSON, nothing is passed on.
 */
export function customerReason(code: FailureCode, cause: string): string {
  if (code === "TECHNICAL_FAULT") return FIXED_REASONS[code];
  return errorMessageOf(cause)?.slice(0, LONGEST_REASON) ?? FIXED_REASONS[code];
}

function errorMessageOf(cause: string): string | undefined {
  try {
    const { errorMessage } = JSON.parse(cause) as { readonly errorMessage?: unknown };
    return typeof errorMessage === "string" && errorMessage !== "" ? errorMessage : undefined;
  } catch {
    return undefined;
  }
}
