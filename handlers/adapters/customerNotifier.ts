import type { OrderEvent } from "../../contracts/events";
import { notifyCustomer, type MessageSender } from "../notifyCustomer";
import { consumedEvents } from "./consumedEvents";
import { ordersAtOnce } from "./ordersAtOnce";

/** Longer than an attempt lasts, and shorter than the time after which its event comes back. */
const ATTEMPT_SECONDS = 60;
/** An ending that is told late is better than none; one of long ago comes by a replay, and is no news. */
const TELL_WITHIN_DAYS = 14;
const REMEMBER_DAYS = 30;

/** `notifyCustomer` on its tables, around the way in which its messages leave. */
export function customerNotifier(
  { ordersTable, consumedTable }: { readonly ordersTable: string; readonly consumedTable: string },
  sender: MessageSender,
): (event: OrderEvent) => Promise<void> {
  const now = (): Date => new Date();
  const consumed = consumedEvents({
    ...{ table: consumedTable, consumer: "notifyCustomer", now },
    ...{ attemptSeconds: ATTEMPT_SECONDS, rememberDays: REMEMBER_DAYS },
  });
  return notifyCustomer({ orders: ordersAtOnce(ordersTable), consumed, sender, tellWithinDays: TELL_WITHIN_DAYS, now });
}
