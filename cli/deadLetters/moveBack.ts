import { setTimeout as wait } from "node:timers/promises";
import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
  type ListMessageMoveTasksResultEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";

const LOOK_EVERY_MS = 500;
/** A move goes on by itself when nobody watches it. */
const WATCHED_MS = 60_000;

/**
 * Lets SQS move all messages of a dead-letter queue back to where they came from, and answers how many it moved, if any:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 * @param whereTo what people call the place that they came from
 */
export async function moveBack(sqs: SQSClient, queueUrl: string, whereTo: string): Promise<string | undefined> {
  const query = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["QueueArn"] });
  const SourceArn = (await sqs.send(query)).Attributes?.["QueueArn"] ?? "";
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
  const until = performance.now() + WATCHED_MS;
  for (;;) {
    const [task] = (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }))).Results ?? [];
    if (task?.Status === "COMPLETED") {
      return task.ApproximateNumberOfMessagesMoved === 0 ? undefined : `${moved(task)} to ${whereTo}`;
    }
    if (task?.Status !== "RUNNING") {
      throw new Error(`SQS stopped moving the dead letters (${task?.Status}): ${task?.FailureReason}. ${moved(task)}.`);
    }
    if (performance.now() > until) return `${moved(task)} so far; SQS goes on moving the rest`;
    await wait(LOOK_EVERY_MS);
  }
}

function moved(task: ListMessageMoveTasksResultEntry | undefined): string {
  const count = task?.ApproximateNumberOfMessagesMoved ?? 0;
  return count === 1 ? "1 message was moved" : `${count} messages were moved`;
}
