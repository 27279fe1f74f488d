import { eachMinute, MOUSE, type Scenario, type Site } from "./scenario";

const UNKNOWN = "/orders/00000000-0000-5000-8000-000000000000";

/** So many look-ups of an order, all at once. */
function lookUps({ shop }: Site, count: number): Promise<unknown> {
  return Promise.all(Array.from({ length: count }, () => shop.request("GET", UNKNOWN)));
}

/** Callers notice it, or would if there were more of it. */
export const apiScenarios: readonly Scenario[] = [
  {
    title: "the orders table cannot be read",
    alarms: ["api-errors"],
    async cause(site) {
      const only = { roles: [site.operator.roleOf("answerQueries")] };
      site.shop.pipeline.runtime.faults.set({ seed: 1, rates: { failBefore: 1 }, only });
      await lookUps(site, 12);
    },
  },
  {
    title: "reading a table takes half a second longer",
    alarms: ["api-latency"],
    async cause(site) {
      site.shop.pipeline.runtime.faults.slow({
        service: "dynamodb",
        role: site.operator.roleOf("answerQueries"),
        byMs: 550,
      });
      for (let fiveMinutes = 0; fiveMinutes < 3; fiveMinutes++) {
        await lookUps(site, 2);
        await site.pace.pass(5);
      }
    },
  },
  {
    title: "the limiter's table is too busy to answer",
    alarms: ["admission-blind", "table-throttles-2"],
    async cause(site) {
      const only = { roles: [site.operator.roleOf("createOrder")], action: "dynamodb:UpdateItem" };
      site.shop.pipeline.runtime.faults.set({ seed: 1, rates: { throttle: 1 }, only });
      await eachMinute(site, 3, () => site.shop.accepted(MOUSE));
    },
  },
  {
    title: "the orders table refuses reads",
    alarms: ["table-throttles"],
    async cause(site) {
      const only = { roles: [site.operator.roleOf("answerQueries")] };
      site.shop.pipeline.runtime.faults.set({ seed: 1, rates: { throttle: 1 }, only });
      for (const query of ["userId=user-1", "status=PENDING"]) {
        await eachMinute(site, 2, () => site.shop.request("GET", `/orders?${query}`));
      }
    },
  },
];
