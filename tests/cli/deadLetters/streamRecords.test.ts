import assert from "node:assert/strict";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { asLambdaShowsIt, recordsAt, StreamForgot } from "../../../cli/deadLetters/streamRecords";

const place = {
  ...{ streamArn: "arn:stream", shardId: "shard", startSequenceNumber: "99", endSequenceNumber: "102" },
};

/** A shard whose pages hold records with these numbers; "gone" stands for changes that the stream has forgotten. */
function aShard(...pages: (number[] | "gone")[]) {
  const client = new DynamoDBStreamsClient({ region: "eu-west-1" });
  const asked: any[] = [];
  client.send = (async ({ input, constructor }: any) => {
    asked.push(input);
    if (constructor.name === "GetShardIteratorCommand") return { ShardIterator: "0" };
    const page = pages[Number(input.ShardIterator)];
    if (page === "gone") throw Object.assign(new Error("trimmed"), { name: "TrimmedDataAccessException" });
    const next = Number(input.ShardIterator) + 1;
    return {
      Records: (page ?? []).map((number) => ({ dynamodb: { SequenceNumber: String(number) } })),
      ...(next < pages.length && { NextShardIterator: String(next) }),
    };
  }) as any;
  const read = async (): Promise<number[]> => {
    const numbers: number[] = [];
    for await (const records of recordsAt(client, place)) {
      numbers.push(...records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber)));
    }
    return numbers;
  };
  return { read, asked };
}

describe("recordsAt", () => {
  it("reads from the first change to the last, over pages and empty pages, and no further", async () => {
    const { read, asked } = aShard([99, 100], [], [101, 102, 103], [104]);
    assert.deepEqual(await read(), [99, 100, 101, 102]);
    assert.equal(asked.length, 4);
    assert.equal(asked[0].ShardIteratorType, "AT_SEQUENCE_NUMBER");
  });

  it("compares numbers, not texts: 99 comes before 102", async () => {
    assert.deepEqual(await aShard([99], [102]).read(), [99, 102]);
  });

  it("says when the stream has forgotten", async () => {
    await assert.rejects(
      aShard("gone").read(),
      (error) => error instanceof StreamForgot && /keeps them for a day/.test(error.message),
    );
  });

  it("fails when the shard ends before the last change", async () => {
    await assert.rejects(aShard([99, 100]).read(), /ended before the change 102/);
  });
});

describe("asLambdaShowsIt", () => {
  it("has the stream's ARN and the time in seconds", () => {
    const record = {
      eventID: "e",
      dynamodb: { ApproximateCreationDateTime: new Date(1_700_000_000_000), NewImage: { orderId: { S: "o" } } },
    };
    assert.deepEqual(JSON.parse(JSON.stringify(asLambdaShowsIt(record, "arn:stream"))), {
      eventID: "e",
      dynamodb: { ApproximateCreationDateTime: 1_700_000_000, NewImage: { orderId: { S: "o" } } },
      eventSourceARN: "arn:stream",
    });
  });
});
