import { eachMinute, MOUSE, type Scenario } from "./scenario";

/** Orders wait, or fail by a fault of ours. */
export const flowScenarios: readonly Scenario[] = [
  {
    title: "nobody works off the order queue",
    alarms: ["order-queue-depth", "order-queue-age", "back-pressure"],
    async cause(site) {
      await site.operator.feed("processOrder", false);
      await eachMinute(site, 6, () => Promise.all([1, 2, 3].map(() => site.shop.place(MOUSE))));
    },
    cure: ({ operator }) => operator.feed("processOrder", true),
  },
  {
    title: "the message of an order is lost",
    alarms: ["requeued-orders"],
    async cause({ shop, operator, pace }) {
      await operator.feed("processOrder", false);
      const orderId = await shop.accepted(MOUSE);
      await shop.until("the order is queued", () => shop.eventsOf(orderId).length > 0);
      await operator.purge("orderQueueUrl");
      await operator.feed("processOrder", true);
      await pace.letting(() => shop.final(orderId));
    },
  },
  {
    title: "EventBridge is away for more than an hour",
    alarms: ["relay-age", "relay-failures"],
    async cause({ shop, watch }) {
      const { faults, clock } = shop.pipeline.runtime;
      const back = faults.away({ service: "events", fromMs: clock.now(), untilMs: Infinity });
      await shop.accepted(MOUSE);
      await watch.turned(["relay-age", "relay-failures"], "ALARM");
      back();
    },
    cure: ({ replay }) => replay("relay"),
  },
  {
    title: "Step Functions is away for an hour",
    alarms: ["order-dead-letters"],
    async cause({ shop, watch }) {
      const { faults, clock } = shop.pipeline.runtime;
      const back = faults.away({ service: "states", fromMs: clock.now(), untilMs: Infinity });
      await shop.accepted(MOUSE);
      await watch.turned(["order-dead-letters"], "ALARM");
      back();
    },
    cure: ({ replay }) => replay("orders"),
  },
  {
    title: "a step of the saga fails again and again",
    alarms: ["technical-failures"],
    async cause({ shop, operator }) {
      const only = { roles: [operator.roleOf("ConfirmOrder")] };
      shop.pipeline.runtime.faults.set({ seed: 1, rates: { failBefore: 1 }, only });
      // Of ten orders one is declined before it comes to that step.
      for (let code = ""; code !== "TECHNICAL_FAULT";) {
        ({ code } = (await shop.final(await shop.accepted(MOUSE))).failure);
      }
    },
  },
  {
    title: "no order comes for three hours",
    alarms: ["no-orders"],
    cause: ({ watch }) => watch.turned(["no-orders"], "ALARM"),
    cure: async ({ shop }) => void (await shop.accepted(MOUSE)),
  },
];
