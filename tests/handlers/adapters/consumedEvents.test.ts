import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { before, describe, it } from "mocha";
import { consumedEvents } from "../../../handlers/adapters/consumedEvents";
import { ShopDatabase } from "./shopDatabase";

const START = Date.parse("2026-11-20T10:00:00Z");

describe("consumedEvents", () => {
  const table = `consumed-${randomUUID()}`;
  let shop: ShopDatabase;
  let nowMs = START;

  const memoryOf = (consumer: string) =>
    consumedEvents({
      ...{ table, consumer, database: shop.client, now: () => new Date(nowMs) },
      ...{ attemptSeconds: 60, rememberDays: 30 },
    });

  before(async () => {
    shop = await ShopDatabase.open();
    const keys = { eventId: "HASH", consumer: "RANGE" } as const;
    await shop.client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: Object.entries(keys).map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
        AttributeDefinitions: Object.keys(keys).map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      }),
    );
  });

  it("gives an event to one of those who want it at the same time", async () => {
    const memory = memoryOf("one");
    const answers = await Promise.all(Array.from({ length: 8 }, () => memory.take("race")));
    assert.deepEqual(answers.sort(), ["MINE", ...Array<string>(7).fill("TAKEN")]);
  });

  it("says of an event that it is consumed, once it is, for good", async () => {
    const memory = memoryOf("one");
    await memory.take("done");
    await memory.settle("done");
    nowMs = START + 3_600_000;
    assert.equal(await memory.take("done"), "CONSUMED");
    nowMs = START;
  });

  it("gives an event of an attempt that died to the next one, after the attempt's time", async () => {
    const memory = memoryOf("one");
    await memory.take("died");
    nowMs = START + 60_000;
    assert.equal(await memory.take("died"), "TAKEN");
    nowMs = START + 61_000;
    assert.equal(await memory.take("died"), "MINE");
    nowMs = START;
  });

  it("gives an event of an attempt that died to one of those who want it", async () => {
    const memory = memoryOf("one");
    await memory.take("died twice");
    nowMs = START + 61_000;
    const answers = await Promise.all(Array.from({ length: 4 }, () => memoryOf("one").take("died twice")));
    nowMs = START;
    assert.deepEqual(answers.sort(), ["MINE", "TAKEN", "TAKEN", "TAKEN"]);
  });

  it("writes nothing for events that are consumed, and looks at them with one request", async () => {
    const done = ["a", "b", "c"];
    await Promise.all(done.map((eventId) => memoryOf("one").take(eventId)));
    await Promise.all(done.map((eventId) => memoryOf("one").settle(eventId)));
    const asked: string[] = [];
    const send = (command: object): Promise<unknown> => {
      asked.push(command.constructor.name);
      return shop.client.send(command as never);
    };
    const memory = consumedEvents({
      ...{ table, consumer: "one", database: { send } as never, now: () => new Date(nowMs) },
      ...{ attemptSeconds: 60, rememberDays: 30 },
    });
    const answers = await Promise.all(done.map((eventId) => memory.take(eventId)));
    assert.deepEqual(answers, ["CONSUMED", "CONSUMED", "CONSUMED"]);
    assert.deepEqual(asked, ["BatchExecuteStatementCommand", "BatchGetCommand"]);
  });

  it("keeps consumers apart", async () => {
    await memoryOf("one").take("both");
    assert.equal(await memoryOf("two").take("both"), "MINE");
  });

  it("says when the row may be forgotten, in seconds", async () => {
    await memoryOf("one").take("row");
    await memoryOf("one").settle("row");
    const { Item } = await shop.client.send(
      new GetCommand({ TableName: table, Key: { eventId: "row", consumer: "one" } }),
    );
    assert.equal(Item?.["expiresAt"], START / 1000 + 30 * 86_400);
    assert.equal(Item?.["takenUntil"], undefined);
  });
});
