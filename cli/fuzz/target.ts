import { LambdaClient, ListEventSourceMappingsCommand, UpdateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { readOrders } from "../../simulation/fuzz/storedOrders";
import type { FuzzTarget } from "../../simulation/fuzz/target";
import { awsConnection } from "../awsConnection";
import { ROOMY_LIMITS } from "../simulationTarget";
import type { StackOutputs } from "../stackOutputs";

/**
 * Settings under which nothing but a request itself can be a reason to refuse it: no limit is near, no payment is
 * declined, and orders that nothing follows are not taken up again by schedule.
 */
export const UNHURRIED: readonly string[] = [
  ...ROOMY_LIMITS,
  ...["throttleBurst=5000", "throttleRate=10000"],
  ...["paymentFailurePercent=0", "finalWithinSeconds=86400"],
];

/** A pipeline as the fuzzer meets it. */
export function fuzzTarget(outputs: StackOutputs): FuzzTarget {
  const { apiUrl, apiKeys, ordersTable } = outputs;
  const orders = async () => {
    const client = new DynamoDBClient(awsConnection(outputs));
    return readOrders(client, ordersTable).finally(() => client.destroy());
  };
  return { apiUrl, apiKeys, orders };
}

/** Stops the relay of orders' changes, for good: what becomes of the orders is not asked, and sagas take time. */
export async function restOutbox(outputs: StackOutputs): Promise<void> {
  const lambda = new LambdaClient(awsConnection(outputs));
  try {
    const { publishEvents: FunctionName } = outputs["functionNames"] as { publishEvents: string };
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
    for (const { UUID } of EventSourceMappings) {
      await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
    }
  } finally {
    lambda.destroy();
  }
}
