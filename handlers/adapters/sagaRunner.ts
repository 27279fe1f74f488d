import { SFNClient, StartSyncExecutionCommand } from "@aws-sdk/client-sfn";
import type { Sagas } from "../processOrder";
import { log } from "../telemetry";
import { CLIENT_SETTINGS } from "./clientSettings";

/** A little more than the saga itself may take (60 s), so that its own timeout answers first. */
const REQUEST_TIMEOUT_MS = 65_000;

/**
 * Runs sagas on a state machine of type EXPRESS, synchronously. An execution that failed is still answered with 200,
 * so the caller must look at the status
 * (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html). The execution is
 * named after its order and try, to be found by; two of one name are two executions all the same.
 */
export function sagaRunner(stateMachineArn: string, client: SFNClient = sagaClient()): Sagas {
  return {
    async run(order, attempt) {
      const started = new StartSyncExecutionCommand({
        stateMachineArn,
        name: `${order.orderId}-${attempt}`,
        input: JSON.stringify(order),
      });
      const { status, error, executionArn } = await client.send(started);
      // An execution that went well is found by its name when it is looked for; the others are looked for.
      log("info", "The saga ended.", { status, error, ...(status !== "SUCCEEDED" && { executionArn }) });
      if (status === undefined) throw new Error(`The saga of order ${order.orderId} ended without a status.`);
      return { status, ...(error !== undefined && { error }) };
    },
  };
}

function sagaClient(): SFNClient {
  return new SFNClient({
    ...CLIENT_SETTINGS,
    requestHandler: { ...CLIENT_SETTINGS.requestHandler, requestTimeout: REQUEST_TIMEOUT_MS },
    // Once only: a second execution beside the first is safe but useless. The queue tries again.
    maxAttempts: 1,
    // The operation's own host, sync-states, is found by a prefix. An endpoint that was set by hand is the whole host.
    disableHostPrefix: ["AWS_ENDPOINT_URL_SFN", "AWS_ENDPOINT_URL"].some((name) => process.env[name] !== undefined),
  });
}
