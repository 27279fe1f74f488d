import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type DynamoDBStreamsClient,
  type _Record,
} from "@aws-sdk/client-dynamodb-streams";

/** Where in a table's stream a batch of changes lies. */
export interface StreamPlace {
  readonly streamArn: string;
  readonly shardId: string;
  readonly startSequenceNumber: string;
  readonly endSequenceNumber: string;
}

/** A page is at most a megabyte, a sixth of what Lambda takes. */
const PAGE = 100;
/** A stream may answer empty pages before the next record, though hardly ever this many in a row. */
const EMPTY_PAGES = 200;

/**
 * The changes from the first to the last of a place, page by page. With a parallelization factor, changes of other
 * orders lie between those of a batch; they come along. Throws {@link StreamForgot} when they are gone.
 */
export async function* recordsAt(streams: DynamoDBStreamsClient, place: StreamPlace): AsyncGenerator<_Record[]> {
  const end = BigInt(place.endSequenceNumber);
  const sequence = ({ dynamodb }: _Record): bigint => BigInt(dynamodb?.SequenceNumber ?? 0);
  let iterator = await remembered(place, () => begin(streams, place));
  for (let empty = 0; iterator !== undefined && empty < EMPTY_PAGES;) {
    const ShardIterator: string = iterator;
    const { Records = [], NextShardIterator } = await remembered(place, () =>
      streams.send(new GetRecordsCommand({ ShardIterator, Limit: PAGE })),
    );
    const within = Records.filter((record) => sequence(record) <= end);
    if (within.length > 0) yield within;
    if (Records.some((record) => sequence(record) >= end)) return;
    empty = Records.length === 0 ? empty + 1 : 0;
    iterator = NextShardIterator;
  }
  throw new Error(`The shard ${place.shardId} ended before the change ${place.endSequenceNumber}.`);
}

/** The stream keeps a change for a day. */
export class StreamForgot extends Error {}

async function begin(streams: DynamoDBStreamsClient, place: StreamPlace): Promise<string | undefined> {
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: place.streamArn,
      ShardId: place.shardId,
      ShardIteratorType: "AT_SEQUENCE_NUMBER",
      SequenceNumber: place.startSequenceNumber,
    }),
  );
  return ShardIterator;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html: a shard is gone with its last change. */
async function remembered<Answer>({ shardId }: StreamPlace, read: () => Promise<Answer>): Promise<Answer> {
  try {
    return await read();
  } catch (error) {
    const { name } = error as Error;
    if (name !== "TrimmedDataAccessException" && name !== "ResourceNotFoundException") throw error;
    throw new StreamForgot(`The stream has forgotten these changes (${shardId}): it keeps them for a day.`, {
      cause: error,
    });
  }
}

/** A change as Lambda shows it to a function: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export function asLambdaShowsIt({ dynamodb = {}, userIdentity, ...record }: _Record, streamArn: string): object {
  const { ApproximateCreationDateTime, ...change } = dynamodb;
  return {
    ...record,
    dynamodb: {
      ...change,
      ...(ApproximateCreationDateTime && { ApproximateCreationDateTime: ApproximateCreationDateTime.getTime() / 1000 }),
    },
    ...(userIdentity && { userIdentity: { principalId: userIdentity.PrincipalId, type: userIdentity.Type } }),
    eventSourceARN: streamArn,
  };
}
