import assert from "node:assert/strict";
import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { recordOf, type RecordedEvent } from "../../../contracts/trail";
import { eventTrail } from "../../../handlers/adapters/eventTrail";
import type { Trail } from "../../../handlers/trail";
import { anOrder, captured } from "../../contracts/anOrder";
import { trailOf } from "../../contracts/aWalk";
import { ShopDatabase } from "./shopDatabase";

describe("eventTrail", () => {
  let trail: Trail;
  /** The commands that were sent to the real table. */
  const sent: string[] = [];
  /** Requests that are refused as a whole. */
  let refused = (_: any): boolean => false;

  before(async () => {
    const { client, orders } = await ShopDatabase.open();
    const TableName = orders.replace("orders", "order-events");
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [
          { AttributeName: "orderId", KeyType: "HASH" },
          { AttributeName: "eventId", KeyType: "RANGE" },
        ],
        AttributeDefinitions: ["orderId", "eventId"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      }),
    );
    const send = async (command: any) => {
      sent.push(command.constructor.name);
      // DynamoDB Local refuses such a row by itself.
      if (refused(command)) throw Object.assign(new Error("No such request."), { name: "ValidationException" });
      return client.send(command);
    };
    trail = eventTrail(TableName, Object.assign(Object.create(client), { send }));
  });

  const aTrail = (orderId: string): RecordedEvent[] => {
    const received = anOrder({ orderId });
    const reserved = anOrder({ orderId, stage: "INVENTORY_RESERVED", reserved: true, version: 2 });
    const paid = anOrder({ orderId, stage: "PAYMENT_PROCESSED", reserved: true, payment: captured, version: 10 });
    return trailOf([received, reserved, paid]);
  };

  it("keeps every event as it is, and tells those of one order oldest first", async () => {
    const events = aTrail("whole");
    for (const event of [...events].reverse()) assert.equal(await trail.append(event), "APPENDED");
    await trail.append(aTrail("other")[0]!);
    assert.deepEqual(await trail.eventsOf("whole"), events);
  });

  it("takes a copy for the same event, whenever it comes and however its fields are ordered", async () => {
    const [event] = aTrail("copied");
    await trail.append(event!);
    const detail = Object.fromEntries(Object.entries(event!.detail).reverse()) as unknown as RecordedEvent["detail"];
    const copy = { ...event!, recordedAt: "2027-01-01T00:00:00.000Z", detail };
    assert.equal(await trail.append(copy), "THERE_ALREADY");
    assert.deepEqual(await trail.eventsOf("copied"), [event]);
  });

  it("tells another event under the same id, and keeps the first", async () => {
    const [event] = aTrail("contradicted");
    await trail.append(event!);
    const other = { ...event!, detail: { ...event!.detail, userId: "somebody else" } };
    assert.equal(await trail.append(other), "CONTRADICTED");
    assert.deepEqual(await trail.eventsOf("contradicted"), [event]);
  });

  it("lets one of many copies at once be the first", async () => {
    const [event] = aTrail("race");
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => trail.append(event!)));
    assert.equal(outcomes.filter((outcome) => outcome === "APPENDED").length, 1);
    assert.equal(outcomes.filter((outcome) => outcome === "THERE_ALREADY").length, 7);
  });

  it("adds more events at once than one request takes, each by itself", async () => {
    const [event] = aTrail("many");
    const wrong = { ...event!, orderId: 5 as unknown as string };
    const events = Array.from({ length: 30 }, (_, at) => aTrail(`many-${at}`)[0]!);
    const outcomes = await Promise.allSettled([wrong, ...events, events[3]!].map((each) => trail.append(each)));
    const [first, ...rest] = outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : "failed"));
    assert.deepEqual([first, rest.pop(), new Set(rest)], ["failed", "THERE_ALREADY", new Set(["APPENDED"])]);
    for (const each of events) assert.deepEqual(await trail.eventsOf(each.orderId), [each]);
  });

  it("looks up all copies that come at once with one request", async () => {
    const events = Array.from({ length: 12 }, (_, at) => aTrail(`copies-${at}`)[0]!);
    await Promise.all(events.map((each) => trail.append(each)));
    sent.splice(0);
    const outcomes = await Promise.all(events.map((each) => trail.append(each)));
    assert.deepEqual(new Set(outcomes), new Set(["THERE_ALREADY"]));
    assert.deepEqual(sent, ["BatchExecuteStatementCommand", "BatchGetCommand"]);
  });

  it("adds an event beside one that no request may hold", async () => {
    const [event] = aTrail("neighbour");
    refused = (command) => command.input.Statements?.some(({ Parameters }: any) => Parameters.includes(""));
    const outcomes = await Promise.allSettled([{ ...event!, orderId: "" }, event!].map((each) => trail.append(each)));
    refused = () => false;
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : "failed")),
      ["failed", "APPENDED"],
    );
    assert.deepEqual(await trail.eventsOf("neighbour"), [event]);
  });

  it("reads a trail that is longer than a page", async () => {
    const long = "x".repeat(100_000);
    const [event] = aTrail("long");
    const events = Array.from({ length: 14 }, (_, at) => {
      const eventId = `long#${at + 1}#OrderCreated`;
      const detail = { ...event!.detail, eventId, correlationId: long };
      return recordOf({ type: "OrderCreated", detail }, new Date(0));
    });
    for (const each of events) await trail.append(each);
    assert.deepEqual(
      (await trail.eventsOf("long")).map(({ version }) => version),
      events.map((_, at) => at + 1),
    );
  });

  it("has nothing where nothing is", async () => {
    assert.deepEqual(await trail.eventsOf("nothing"), []);
  });
});
