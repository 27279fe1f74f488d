import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { QueueMessage } from "../processOrder";
import { lambdaTelemetry, log, withLogKeys } from "../telemetry";

/**
 * A Lambda handler for a queue whose mapping has `ReportBatchItemFailures`. The messages of a batch run at the
 * same time; those that throw come back, the others are settled
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html). It never throws, even when
 * all failed: the answer says it as well, and a function error would count against a function that works.
 *
 * These few lines are our own and not Powertools' batch processor, because each message runs in its own
 * logging context, and nothing else of the processor is needed.
 */
export function queueEntry(
  { service }: { readonly service: string },
  handle: (message: QueueMessage) => Promise<void>,
) {
  const invocation = lambdaTelemetry(service);

  const handled = async (record: SQSRecord): Promise<boolean> => {
    try {
      await handle(messageOf(record));
      return true;
    } catch (error) {
      log("error", "A message failed and comes back.", { error });
      return false;
    }
  };

  return (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    invocation(context, {}, async () => {
      const outcomes = await Promise.all(
        event.Records.map((record) =>
          withLogKeys({ messageId: record.messageId, receiveCount: receiveCountOf(record) }, () => handled(record)),
        ),
      );
      const failed = event.Records.filter((_, position) => outcomes[position] !== true);
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    });
}

function messageOf(record: SQSRecord): QueueMessage {
  const { messageId, receiptHandle } = record;
  return { messageId, receiptHandle, receiveCount: receiveCountOf(record), body: JSON.parse(record.body) as unknown };
}

function receiveCountOf({ attributes }: SQSRecord): number {
  return Number(attributes.ApproximateReceiveCount);
}
