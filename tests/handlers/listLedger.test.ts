import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { listLedger, type LedgerEntry } from "../../handlers/listLedger";

const ledger: LedgerEntry[] = ["a", "b", "c"].map((id) => [id, 1, "PENDING", 100]);
const pages = {
  entries: async (after: string, limit: number) => ledger.filter(([id]) => id > after).slice(0, limit),
};

describe("listLedger", () => {
  it("answers the ledger page by page, each entry once", async () => {
    const list = listLedger({ pages, limit: 2 });
    const first = await list({});
    assert.deepEqual(first, { entries: ledger.slice(0, 2), after: "b" });
    assert.deepEqual(await list({ after: "b" }), { entries: ledger.slice(2) });
  });

  it("ends with an empty page when the last one was full", async () => {
    const list = listLedger({ pages, limit: 3 });
    assert.equal((await list({})).after, "c");
    assert.deepEqual(await list({ after: "c" }), { entries: [] });
  });
});
