import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { migrateLedger } from "../../handlers/migrateLedger";
import { prepareLedger } from "../../handlers/prepareLedger";

describe("the ledger's deployment", () => {
  it("migrates the schema, and then gives it its first partitions", async () => {
    const done: string[] = [];
    const now = new Date("2026-11-20T12:00:00Z");
    const migrate = migrateLedger({
      schema: { migrate: async () => (done.push("migrate"), ["0001_orders"]) },
      maintain: async (at) => void done.push(`partitions of ${at.toISOString()}`),
      now: () => now,
    });
    assert.deepEqual(await migrate(), { migrated: ["0001_orders"] });
    assert.deepEqual(done, ["migrate", "partitions of 2026-11-20T12:00:00.000Z"]);
  });

  it("makes no partitions in a schema that could not be migrated", async () => {
    const schema = { migrate: () => Promise.reject(new Error("no")) };
    const migrate = migrateLedger({ schema, maintain: async () => assert.fail("called"), now: () => new Date() });
    await assert.rejects(migrate(), /no/);
  });

  it("makes three roles that IAM admits, one statement at a time", async () => {
    const statements: string[] = [];
    const administrator = { execute: async (statement: string) => void statements.push(statement) };
    assert.deepEqual(await prepareLedger({ administrator })(), { statements: 5 });
    assert.ok(statements.includes("grant rds_iam to ledger_owner, ledger_writer, ledger_reader"));
  });
});
