import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { QueueDepth } from "../admission";
import { QUICK_CLIENT_SETTINGS } from "./clientSettings";

/** Milliseconds for which an answer of the queue is taken for the truth. SQS itself is up to a minute behind. */
const FRESH_FOR_MS = 1000;

/**
 * How many messages a queue holds, those that are being worked on and those that come back later included. Asks the
 * queue once a second at most, and once for all that ask at the same time; a failure stands as long as an answer, so
 * that a queue which is away holds up one order a second.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
export function queueDepth(
  queueUrl: string,
  now: () => Date,
  client: Pick<SQSClient, "send"> = new SQSClient(QUICK_CLIENT_SETTINGS),
): QueueDepth {
  let last: { readonly answer: Promise<number>; readonly askedMs: number } | undefined;
  let asking = false;
  return {
    read() {
      const nowMs = now().getTime();
      if (last === undefined || (!asking && nowMs - last.askedMs >= FRESH_FOR_MS)) {
        asking = true;
        last = { answer: ask(queueUrl, client).finally(() => (asking = false)), askedMs: nowMs };
      }
      return last.answer;
    },
  };
}

async function ask(queueUrl: string, client: Pick<SQSClient, "send">): Promise<number> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...COUNTS] }),
  );
  const counts = COUNTS.map((name) => Number(Attributes?.[name]));
  if (!counts.every(Number.isInteger)) throw new Error("The queue does not say how many messages it holds.");
  return counts.reduce((sum, messages) => sum + messages, 0);
}

const COUNTS = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
