import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { dataApiAdministrator } from "../../../handlers/adapters/ledgerRoles";

const address = { clusterArn: "arn:cluster", secretArn: "arn:secret", database: "ledger" };

function administrator(failures: readonly string[]) {
  const sent: unknown[] = [];
  const pauses: number[] = [];
  const send = async ({ input }: { input: unknown }): Promise<object> => {
    sent.push(input);
    const name = failures[sent.length - 1];
    if (name !== undefined) throw Object.assign(new Error(name), { name });
    return {};
  };
  const client = { send } as never;
  return { ...dataApiAdministrator(address, client, async (ms) => pauses.push(ms)), sent, pauses };
}

describe("the administrator of the ledger's database", () => {
  it("sends a statement as the cluster's first user, whose password it does not know", async () => {
    const database = administrator([]);
    await database.execute("create role x");
    const expected = { resourceArn: "arn:cluster", secretArn: "arn:secret", database: "ledger", sql: "create role x" };
    assert.deepEqual(database.sent, [expected]);
  });

  it("waits for a database that wakes", async () => {
    const database = administrator(["DatabaseResumingException", "DatabaseResumingException"]);
    await database.execute("create role x");
    assert.deepEqual([database.sent.length, database.pauses], [3, [3_000, 3_000]]);
  });

  it("gives up on any other failure, and on a database that does not wake", async () => {
    const denied = administrator(["AccessDeniedException"]);
    await assert.rejects(denied.execute("create role x"), { name: "AccessDeniedException" });
    assert.equal(denied.sent.length, 1);
    const asleep = administrator(Array.from({ length: 50 }, () => "DatabaseResumingException"));
    await assert.rejects(asleep.execute("create role x"), { name: "DatabaseResumingException" });
    assert.equal(asleep.sent.length, 12);
  });
});
