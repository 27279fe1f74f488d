import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { describe, it } from "mocha";
import { isDependencyFault } from "../../../handlers/entries/dependencyFault";
import { encryption, ledgerDatabase } from "../../../handlers/adapters/ledgerPool";
import { freePort } from "../../../local/rds/postgresProcess";

describe("the connection to the ledger", () => {
  it("is encrypted, with a server that one of Amazon's authorities vouches for", () => {
    const tls = encryption({});
    assert.ok(tls !== false && tls.rejectUnauthorized);
    const names = tls.ca.map((text) => new X509Certificate(text).subject);
    assert.ok(names.some((name) => name.includes("Amazon RDS eu-central-1 Root CA RSA2048 G1")));
    assert.deepEqual(encryption({ PGSSLMODE: "require" }), tls);
  });

  it("is open only where the environment says that the server speaks no TLS", () => {
    assert.equal(encryption({ PGSSLMODE: "disable" }), false);
  });

  it("tells entries of a database that is away as of a service that is away", async () => {
    const port = await freePort();
    const database = ledgerDatabase({ host: "127.0.0.1", port, database: "ledger", role: "reader" });
    await assert.rejects(database.query("select 1"), (error) => isDependencyFault(error));
  });
});
