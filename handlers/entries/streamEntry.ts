import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import type { OrderChange } from "../../contracts/eventsOf";
import { orderInImage } from "./orderImage";
import { lambdaTelemetry, log } from "../telemetry";

/**
 * A Lambda handler for the orders' stream (NEW_AND_OLD_IMAGES) whose mapping has `ReportBatchItemFailures`: it
 * answers the first change that failed, and the stream is read again from there
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html). A record that holds no
 * order fails by itself: the records before it are handled. What `handle` throws fails the whole batch.
 *
 * @param handle answers the position of the first change that failed, if one did
 */
export function streamEntry(
  { service }: { readonly service: string },
  handle: (changes: readonly OrderChange[]) => Promise<{ readonly failedAt?: number }>,
) {
  const invocation = lambdaTelemetry(service);

  return (event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> =>
    invocation(context, {}, async () => {
      const { changes, unreadable } = readable(event.Records);
      const { failedAt = unreadable } = changes.length > 0 ? await handle(changes) : {};
      if (failedAt === undefined) return { batchItemFailures: [] };
      const itemIdentifier = event.Records[failedAt]?.dynamodb?.SequenceNumber ?? "";
      log("error", "The stream is read again from a failed change.", { sequenceNumber: itemIdentifier });
      return { batchItemFailures: [{ itemIdentifier }] };
    });
}

/** The changes up to the first record that is none. */
function readable(records: readonly DynamoDBRecord[]): { changes: OrderChange[]; unreadable?: number } {
  const changes: OrderChange[] = [];
  for (const [position, record] of records.entries()) {
    try {
      changes.push(changeOf(record));
    } catch (error) {
      log("error", "A record of the stream is no change of an order.", { error });
      return { changes, unreadable: position };
    }
  }
  return { changes };
}

function changeOf({ dynamodb }: DynamoDBRecord): OrderChange {
  const { OldImage, NewImage } = dynamodb ?? {};
  if (OldImage === undefined && NewImage === undefined) throw new Error("The record has no image.");
  return { ...(OldImage && { before: orderInImage(OldImage) }), ...(NewImage && { after: orderInImage(NewImage) }) };
}
