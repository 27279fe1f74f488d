import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { awsConnection } from "../awsConnection";
import { requiredOutput, type StackOutputs } from "../stackOutputs";
import { ConsumerLetters, consumersOf } from "./consumerLetters";
import { EventLetters } from "./eventLetters";
import { FunctionCalls } from "./functionCalls";
import type { LetterKind } from "./letter";
import { LetterBox } from "./letterBox";
import { OrderLetters } from "./orderLetters";
import { OrderLookup } from "./orderLookup";
import { RelayLetters } from "./relayLetters";
import { RunLetters } from "./runLetters";

/** The queues of failures of one pipeline, and the clients that reach it. */
export interface Desk {
  readonly kinds: readonly LetterKind[];
  boxOf(kind: LetterKind): LetterBox;
  close(): void;
}

export function openDesk(outputs: StackOutputs): Desk {
  const connection = awsConnection(outputs);
  const sqs = new SQSClient(connection);
  const database = new DynamoDBClient(connection);
  const streams = new DynamoDBStreamsClient(connection);
  const events = new EventBridgeClient(connection);
  const lambda = new LambdaClient(connection);
  const functions = new FunctionCalls(lambda);
  const orders = new OrderLookup(database, outputs.ordersTable);
  const { orderQueueUrl, deadLetterQueueUrl } = outputs;
  const named = (output: string): string => requiredOutput(outputs, output);
  const functionNames = outputs["functionNames"] as Readonly<Record<string, string>> | undefined;
  const functionName = functionNames?.["reconcileOrders"];
  if (functionName === undefined) throw new Error("The outputs have no functionNames.reconcileOrders: are they older?");
  return {
    kinds: [
      new OrderLetters({ sqs, orders, orderQueueUrl, deadLetterQueueUrl }),
      new RelayLetters({ streams, functions, queueUrl: named("relayFailureQueueUrl") }),
      new EventLetters({ sqs, events, functions, queueUrl: named("undeliveredEventsQueueUrl") }),
      new RunLetters({ functions, functionName, queueUrl: named("reconcileFailureQueueUrl") }),
      ...consumersOf(outputs).map((consumer) => new ConsumerLetters(sqs, consumer)),
    ],
    boxOf: ({ queueUrl }) => new LetterBox(sqs, queueUrl),
    close: () => [sqs, database, streams, events, lambda].forEach((client) => client.destroy()),
  };
}
