import type { Scenario } from "../simulation/scenario";
import type { Target } from "../simulation/target";
import { awsConnection } from "./awsConnection";
import { functionRole } from "./functionRole";
import type { Pipeline } from "./pipeline";
import { requiredOutput } from "./stackOutputs";

/** Settings under which a crowd is not too fast, and no queue too deep: what is looked at then is orders, not limits. */
export const ROOMY_LIMITS: readonly string[] = [
  ...["tenantBurst=100000", "tenantRatePerSecond=1000"],
  ...["tenantRequestBurst=5000", "tenantRequestsPerSecond=10000"],
  "backPressureDepth=10000000",
];

/** The settings that a scenario wants: one order in five is declined, so that the way back is taken often. */
export function simulatedSettings({
  paymentLatencyMs,
  finalWithinSeconds,
}: Pick<Scenario, "paymentLatencyMs" | "finalWithinSeconds">): string[] {
  return [
    ...ROOMY_LIMITS,
    "paymentFailurePercent=20",
    `paymentLatencyMs=${paymentLatencyMs}`,
    `finalWithinSeconds=${finalWithinSeconds}`,
  ];
}

/** The running pipeline as the simulator meets it. */
export function simulationTarget({ runtime, outputs }: Pipeline): Target {
  const { feed, clock, faults, resources } = runtime;
  return {
    apiUrl: outputs.apiUrl,
    apiKeys: outputs.apiKeys,
    aws: awsConnection(outputs),
    tables: {
      orders: outputs.ordersTable,
      inventory: outputs.inventoryTable,
      payments: outputs.paymentsTable,
      orderEvents: requiredOutput(outputs, "orderEventsTable"),
    },
    receiptsBucket: outputs.receiptsBucket,
    queues: {
      orders: outputs.orderQueueUrl,
      deadLetters: outputs.deadLetterQueueUrl,
      relayFailures: outputs["relayFailureQueueUrl"] as string,
      undelivered: outputs["undeliveredEventsQueueUrl"] as string,
      trail: outputs["trailQueueUrl"] as string,
      trailDeadLetters: outputs["trailDeadLetterQueueUrl"] as string,
      notifications: requiredOutput(outputs, "notificationsQueueUrl"),
      notificationsDeadLetters: requiredOutput(outputs, "notificationsDeadLetterQueueUrl"),
    },
    stateMachineArn: outputs.stateMachineArn,
    confirmingRole: functionRole(resources, "ConfirmOrder"),
    feed,
    clock,
    faults,
  };
}
