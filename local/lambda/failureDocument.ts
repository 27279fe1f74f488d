import type { StreamRecord } from "./eventSources";

/** Why records of a stream were given up. */
export type FailureCondition = "RetryAttemptsExhausted" | "RecordAgeExceeded";

/** A batch that was given up. */
export interface FailedBatch {
  readonly condition: FailureCondition;
  /** Of the last call; a fresh one when the function was never called. */
  readonly requestId: string;
  readonly functionArn: string;
  /** How often the function was called with this batch. */
  readonly invokeCount: number;
  readonly shardId: string;
  readonly streamArn: string;
  readonly records: readonly [StreamRecord, ...StreamRecord[]];
  /** ms since 1970. */
  readonly timeMs: number;
}

/**
 * What an on-failure queue gets: where the records are, not the records themselves.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html#ddb-on-failure-destination
 */
export function failureDocument(failed: FailedBatch): object {
  const { records } = failed;
  const first = records[0];
  const last = records.at(-1) ?? first;
  return {
    requestContext: {
      requestId: failed.requestId,
      functionArn: failed.functionArn,
      condition: failed.condition,
      approximateInvokeCount: failed.invokeCount,
    },
    ...(failed.invokeCount > 0 && {
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    }),
    version: "1.0",
    timestamp: new Date(failed.timeMs).toISOString(),
    DDBStreamBatchInfo: {
      shardId: failed.shardId,
      startSequenceNumber: first.dynamodb.SequenceNumber,
      endSequenceNumber: last.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn: failed.streamArn,
    },
  };
}

function arrival({ dynamodb }: StreamRecord): string {
  return new Date(dynamodb.ApproximateCreationDateTime * 1000).toISOString();
}
