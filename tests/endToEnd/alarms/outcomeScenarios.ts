import type { BusEvent } from "../../../local/feed";
import { MOUSE, type Scenario } from "./scenario";

/** How orders end, and what those hear who listen to them. */
export const outcomeScenarios: readonly Scenario[] = [
  {
    title: "what customers want is out of stock",
    alarms: ["business-failures"],
    async cause({ shop }) {
      const soldOut = { userId: "user-1", items: [{ productId: "PROD-011", qty: 1 }] };
      const orders = await Promise.all([1, 2, 3, 4].map(() => shop.accepted(soldOut)));
      await Promise.all(orders.map((orderId) => shop.final(orderId)));
    },
  },
  {
    title: "somebody deletes the log of events",
    alarms: ["undelivered-events"],
    async cause({ shop, operator }) {
      await operator.logs("DeleteLogGroup", logOfEvents(shop.outputs));
      await shop.final(await shop.accepted(MOUSE));
    },
    async cure(site) {
      await site.operator.logs("CreateLogGroup", logOfEvents(site.shop.outputs));
      await site.replay("events");
    },
  },
  {
    title: "an event is forged, and messages come that no consumer understands",
    alarms: ["trail-contradicted", "trail-dead-letters", "notifications-dead-letters", "ledger-dead-letters"],
    async cause({ shop, operator, watch }) {
      const orderId = await shop.accepted(MOUSE);
      await shop.final(orderId);
      const [genuine] = shop.eventsOf(orderId) as [BusEvent];
      await shop.until("the event is in the trail", async () => {
        const { body } = await shop.request("GET", `/orders/${orderId}/events`);
        return body.events.length > 0;
      });
      await operator.publish({ ...genuine, detail: { ...(genuine.detail as object), userId: "somebody-else" } });
      for (const queue of ["notificationsQueueUrl", "ledgerQueueUrl"]) await operator.send(queue, "no event");
      await watch.turned(["trail-dead-letters", "notifications-dead-letters", "ledger-dead-letters"], "ALARM");
    },
    async cure({ operator }) {
      for (const consumer of ["trail", "notifications", "ledger"]) {
        await operator.purge(`${consumer}DeadLetterQueueUrl`);
      }
    },
  },
];

function logOfEvents(outputs: Readonly<Record<string, unknown>>): string {
  return (outputs["logGroupNames"] as { readonly events: string }).events;
}
