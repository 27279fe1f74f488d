import type { Scenario } from "../simulation/scenario";
import type { Target } from "../simulation/target";
import { awsConnection } from "./awsConnection";
import type { Pipeline } from "./pipeline";

/** The settings that a scenario wants: one order in five is declined, so that the way back is taken often. */
export function simulatedSettings({
  paymentLatencyMs,
  finalWithinSeconds,
}: Pick<Scenario, "paymentLatencyMs" | "finalWithinSeconds">): string[] {
  return [
    "paymentFailurePercent=20",
    `paymentLatencyMs=${paymentLatencyMs}`,
    `finalWithinSeconds=${finalWithinSeconds}`,
  ];
}

/** The running pipeline as the simulator meets it. */
export function simulationTarget({ runtime, outputs }: Pipeline): Target {
  const { feed, clock, faults } = runtime;
  return {
    apiUrl: outputs.apiUrl,
    apiKeys: outputs.apiKeys,
    aws: awsConnection(outputs),
    tables: { orders: outputs.ordersTable, inventory: outputs.inventoryTable, payments: outputs.paymentsTable },
    receiptsBucket: outputs.receiptsBucket,
    queues: {
      orders: outputs.orderQueueUrl,
      deadLetters: outputs.deadLetterQueueUrl,
      relayFailures: outputs["relayFailureQueueUrl"] as string,
      undelivered: outputs["undeliveredEventsQueueUrl"] as string,
    },
    stateMachineArn: outputs.stateMachineArn,
    feed,
    clock,
    faults,
  };
}
