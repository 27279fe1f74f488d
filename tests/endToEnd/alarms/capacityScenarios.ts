import { eachMinute, MOUSE, type Scenario } from "./scenario";

/** Functions that may not run, or that fail. */
export const capacityScenarios: readonly Scenario[] = [
  {
    title: "Lambda refuses calls of createOrder",
    alarms: ["order-throttles"],
    async cause(site) {
      await site.operator.stop("createOrder");
      await eachMinute(site, 3, () => site.shop.place(MOUSE));
    },
    cure: ({ operator }) => operator.letRun("createOrder"),
  },
  {
    title: "Lambda refuses calls of a step",
    alarms: ["order-throttles-2"],
    async cause(site) {
      await site.operator.stop("ConfirmOrder");
      await eachMinute(site, 3, () => site.shop.accepted(MOUSE));
    },
    cure: ({ operator }) => operator.letRun("ConfirmOrder"),
  },
  {
    title: "Lambda refuses calls of a function beside the way of an order",
    alarms: ["function-throttles"],
    async cause(site) {
      await site.operator.stop("answerQueries");
      await eachMinute(site, 3, () => site.shop.request("GET", "/products"));
    },
    cure: ({ operator }) => operator.letRun("answerQueries"),
  },
  {
    title: "the search for late orders fails at every run",
    alarms: ["function-errors", "reconcile-failures"],
    async cause({ shop, operator, watch }) {
      const only = { roles: [operator.roleOf("reconcileOrders")] };
      shop.pipeline.runtime.faults.set({ seed: 1, rates: { failBefore: 1 }, only });
      await watch.turned(["function-errors", "reconcile-failures"], "ALARM");
    },
    async cure({ pace, replay }) {
      // Runs that failed before are given up for three more minutes.
      await pace.pass(4);
      await replay("runs");
    },
  },
];
