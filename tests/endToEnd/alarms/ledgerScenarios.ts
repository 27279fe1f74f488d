import { MOUSE, type Scenario } from "./scenario";

/** Of a stack that keeps a ledger. */
export const ledgerScenarios: readonly Scenario[] = [
  {
    title: "somebody renames a table of the ledger",
    alarms: ["ledger-maintenance-failures", "function-errors-2"],
    async cause({ operator }) {
      await operator.sql("alter table ledger.orders_default rename to renamed");
      for (let run = 0; run < 3; run++) await operator.run("maintainPartitions");
    },
    async cure({ operator }) {
      await operator.sql("alter table ledger.renamed rename to orders_default");
      await operator.purge("ledgerFailedRunsQueueUrl");
    },
  },
  {
    title: "orders come into the ledger that are older than its partitions",
    alarms: ["ledger-default-partition"],
    async cause({ shop, operator }) {
      const orderId = await shop.accepted(MOUSE);
      await shop.final(orderId);
      const old = { ...(await shop.ledger(orderId)), orderId: "from-2019", createdAt: "2019-05-01T12:00:00.000Z" };
      await operator.importOrder(old);
      await shop.until("the ledger has its row", async () => {
        const { entries } = await operator.call("listLedger");
        return entries.some(([id]: string[]) => id === "from-2019");
      });
      await operator.run("maintainPartitions");
    },
    cure: ({ operator }) => operator.run("maintainPartitions"),
  },
];
