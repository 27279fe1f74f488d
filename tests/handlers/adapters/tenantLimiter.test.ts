import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, GetCommand, UpdateCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { tenantLimiter } from "../../../handlers/adapters/tenantLimiter";
import type { Limiter } from "../../../handlers/admission";
import { ShopDatabase } from "./shopDatabase";

const START = Date.UTC(2026, 10, 20);
const at = (ms: number): Date => new Date(START + ms);

/** A client that counts what it sends. */
class Counting {
  readonly writes = { done: 0, refused: 0 };
  reads = 0;
  readonly client: DynamoDBDocumentClient;

  constructor(client: DynamoDBDocumentClient) {
    const send = async (command: any): Promise<unknown> => {
      if (!(command instanceof UpdateCommand)) return (this.reads++, client.send(command));
      try {
        const output = await client.send(command);
        this.writes.done++;
        return output;
      } catch (error) {
        if ((error as Error).name === "ConditionalCheckFailedException") this.writes.refused++;
        throw error;
      }
    };
    this.client = { send } as never;
  }
}

describe("tenantLimiter", () => {
  const table = `rate-limits-${randomUUID()}`;
  const limits = {
    acme: { burst: 100, ratePerSecond: 10 },
    globex: { burst: 100, ratePerSecond: 10 },
    umbrella: { burst: 2, ratePerSecond: 3 },
  };
  let shop: ShopDatabase;

  before(async () => {
    shop = await ShopDatabase.open();
    await shop.client.send(
      new CreateTableCommand({
        ...{ TableName: table, BillingMode: "PAY_PER_REQUEST" },
        KeySchema: [{ AttributeName: "tenantId", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "tenantId", AttributeType: "S" }],
      }),
    );
  });

  beforeEach(async () => {
    for (const tenantId of Object.keys(limits)) {
      await shop.client.send(new DeleteCommand({ TableName: table, Key: { tenantId } }));
    }
  });

  const process = (own = limits): Counting & { limiter: Limiter } => {
    const counting = new Counting(shop.client);
    return Object.assign(counting, { limiter: tenantLimiter({ table, limits: own }, counting.client) });
  };
  const item = async (tenantId: string): Promise<Record<string, any> | undefined> => {
    const get = new GetCommand({ TableName: table, Key: { tenantId }, ConsistentRead: true });
    return (await shop.client.send(get)).Item;
  };

  it("lets exactly the burst of a crowd through, and a second later exactly the rate, from any number of processes", async () => {
    const processes = [process(), process(), process()];
    const passed = async (calls: number, ms: number): Promise<number> => {
      const verdicts = await Promise.all(
        Array.from({ length: calls }, (_, call) => processes[call % 3]!.limiter.take("acme", at(ms))),
      );
      return verdicts.filter(({ allowed }) => allowed).length;
    };
    const written = (): number => processes.reduce((sum, { writes }) => sum + writes.done, 0);

    assert.equal(await passed(300, 0), 100);
    assert.equal(written(), 100);
    assert.equal(await passed(50, 99), 0);
    assert.equal(await passed(300, 1000), 10);
    assert.equal(written(), 110);
    assert.equal(await passed(120, 11_000), 100);
    assert.equal(await item("globex"), undefined);
    assert.equal(
      processes.reduce((sum, { reads }) => sum + reads, 0),
      0,
    );
  });

  it("takes one write for an order that passes, and none for one that is known not to", async () => {
    const { limiter, writes } = process();
    const verdicts = [];
    for (let call = 0; call < 105; call++) verdicts.push(await limiter.take("acme", at(0)));
    assert.deepEqual(writes, { done: 100, refused: 0 });
    assert.deepEqual(verdicts[0], { allowed: true, allowance: { limit: 100, remaining: 99, resetSeconds: 1 } });
    assert.deepEqual(verdicts[99], { allowed: true, allowance: { limit: 100, remaining: 0, resetSeconds: 10 } });
    const left = { limit: 100, remaining: 0, resetSeconds: 10 };
    assert.deepEqual(verdicts[100], { allowed: false, allowance: left, retryAfterSeconds: 1 });
    assert.equal((await limiter.take("acme", at(100))).allowed, true);
    assert.equal((await limiter.take("acme", at(60_000))).allowed, true);
    assert.deepEqual(writes, { done: 102, refused: 0 });
  });

  it("guesses wrong once at most for what another process did", async () => {
    const [one, other] = [process(), process()];
    for (let call = 0; call < 3; call++) await one.limiter.take("acme", at(0));
    assert.deepEqual((await other.limiter.take("acme", at(0))).allowance.remaining, 96);
    assert.deepEqual(other.writes, { done: 1, refused: 1 });
    assert.equal((await other.limiter.take("acme", at(0))).allowance.remaining, 95);
    assert.deepEqual(other.writes, { done: 2, refused: 1 });
  });

  it("goes by what is in the table when it was deleted meanwhile", async () => {
    const { limiter, writes } = process();
    await limiter.take("acme", at(0));
    await shop.client.send(new DeleteCommand({ TableName: table, Key: { tenantId: "acme" } }));
    assert.equal((await limiter.take("acme", at(0))).allowance.remaining, 99);
    assert.deepEqual(writes, { done: 2, refused: 1 });
  });

  it("says in whole seconds when one more passes, and then it does", async () => {
    const { limiter } = process();
    for (let call = 0; call < 2; call++) await limiter.take("umbrella", at(0));
    const refused = await limiter.take("umbrella", at(10));
    assert.deepEqual(refused, {
      allowed: false,
      allowance: { limit: 2, remaining: 0, resetSeconds: 1 },
      retryAfterSeconds: 1,
    });
    assert.equal((await limiter.take("umbrella", at(1010))).allowed, true);
  });

  it("takes nothing when it only looks", async () => {
    const { limiter, writes } = process();
    assert.deepEqual(await limiter.look("acme", at(0)), { limit: 100, remaining: 100, resetSeconds: 0 });
    for (let call = 0; call < 30; call++) await limiter.take("acme", at(0));
    const { writes: none, limiter: fresh } = process();
    assert.deepEqual(await fresh.look("acme", at(0)), { limit: 100, remaining: 70, resetSeconds: 3 });
    assert.deepEqual(await fresh.look("acme", at(1000)), { limit: 100, remaining: 80, resetSeconds: 2 });
    assert.deepEqual([writes.done, none.done], [30, 0]);
  });

  it("lets an item expire a day after it stands for nothing", async () => {
    const { limiter } = process();
    await limiter.take("acme", at(0));
    await limiter.take("acme", at(500));
    assert.equal((await item("acme"))?.["expiresAt"], START / 1000 + 11 + 86_400);
  });

  it("begins anew when the rate is another one, and goes on when only the burst is", async () => {
    const { limiter } = process();
    for (let call = 0; call < 100; call++) await limiter.take("acme", at(0));
    const larger = process({ ...limits, acme: { burst: 150, ratePerSecond: 10 } });
    assert.equal((await larger.limiter.take("acme", at(0))).allowance.remaining, 49);
    const faster = process({ ...limits, acme: { burst: 100, ratePerSecond: 7 } });
    assert.equal((await faster.limiter.take("acme", at(0))).allowance.remaining, 99);
  });

  it("rejects when the table is away, and when a tenant has no limit", async () => {
    const lost = tenantLimiter({ table: "nowhere", limits }, shop.client);
    await assert.rejects(lost.take("acme", at(0)), { name: "ResourceNotFoundException" });
    await assert.rejects(lost.look("acme", at(0)), { name: "ResourceNotFoundException" });
    await assert.rejects(lost.take("nobody", at(0)), /Tenant nobody has no limit/);
  });
});
