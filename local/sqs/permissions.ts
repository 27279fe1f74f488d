import type { Permission } from "../iam/access";
import { firstText } from "../operationInput";
import type { Cloud } from "../resource";

/** Operations whose permission is not called after them. */
const ACTIONS: Readonly<Record<string, string>> = {
  SendMessageBatch: "SendMessage",
  DeleteMessageBatch: "DeleteMessage",
  ChangeMessageVisibilityBatch: "ChangeMessageVisibility",
};

/** What moving messages between queues needs beside its own permission, on the queue that they leave. */
const MOVING = ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"];

/** What IAM asks of a caller: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html */
export function permissionsOf(
  operation: string,
  input: Record<string, unknown>,
  { region, accountId }: Cloud,
): readonly Permission[] {
  const { QueueUrl, QueueName, SourceArn, DestinationArn } = input;
  const name = firstText(QueueUrl, QueueName)?.split("/").at(-1);
  const queueArn = name === undefined ? undefined : `arn:aws:sqs:${region}:${accountId}:${name}`;
  const resource = firstText(SourceArn, queueArn) ?? "*";
  const action = `sqs:${ACTIONS[operation] ?? operation}`;
  const needed = [{ action, resource }];
  if (operation !== "StartMessageMoveTask") return needed;
  needed.push(...MOVING.map((verb) => ({ action: `sqs:${verb}`, resource })));
  if (typeof DestinationArn === "string") needed.push({ action: "sqs:SendMessage", resource: DestinationArn });
  return needed;
}
