import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { Client } from "pg";
import { AwsError } from "../../../local/awsError";
import { clusterKind } from "../../../local/rds/rdsKinds";
import { RdsService } from "../../../local/rds/rdsService";
import type { Cloud, Resource } from "../../../local/resource";

const cloud = { region: "eu-central-1", accountId: "000000000000" } as Cloud;

/** A cluster as the runtime hands it to its service. */
function cluster(service: RdsService, inputs: Record<string, unknown>, name = "ledger"): Resource {
  const [kind] = service.kinds;
  assert.ok(kind);
  const outputs = kind.outputs({ name, urn: `urn:${name}`, inputs, physicalName: `${name}-1234567` }, cloud);
  return { type: kind.type, name, inputs, outputs: { ...inputs, ...outputs } } as unknown as Resource;
}

const AURORA = { engine: "aurora-postgresql", enableHttpEndpoint: true, manageMasterUserPassword: true };

describe("RDS", () => {
  const service = new RdsService();
  let ledger: Resource;
  before(async function () {
    this.timeout(90_000);
    await service.reserve();
    ledger = cluster(service, AURORA);
    await service.realise(ledger);
  });
  after(() => service.stop());

  const connect = async (user: string): Promise<Client> => {
    const { endpoint: host, port } = ledger.outputs as { endpoint: string; port: number };
    const client = new Client({ host, port, user, database: "ledger", password: "a token" });
    await client.connect();
    return client;
  };
  const execute = async (body: Record<string, unknown>) => {
    const { arn, masterUserSecrets } = ledger.outputs as { arn: string; masterUserSecrets: { secretArn: string }[] };
    const input = { resourceArn: arn, secretArn: masterUserSecrets[0]?.secretArn, database: "ledger", ...body };
    const [operation] = service.restOperations;
    const request = {
      parameters: {},
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(JSON.stringify(input)),
    };
    return operation?.handle(request, {} as never);
  };
  const refused = (body: Record<string, unknown>, code: string) =>
    assert.rejects(execute(body), (error) => error instanceof AwsError && error.code === code);

  it("is a PostgreSQL at the cluster's endpoint, which has the role of users that IAM admits", async () => {
    const client = await connect("ledger_owner");
    const { rows } = await client.query("select rolname from pg_roles where rolname = 'rds_iam'");
    await client.end();
    assert.deepEqual(rows, [{ rolname: "rds_iam" }]);
  });

  it("serves several connections, each with its own answers", async () => {
    const clients = await Promise.all(["a", "b", "c"].map(connect));
    const answers: number[][] = await Promise.all(
      clients.map(async (client, at) => {
        const values: number[] = [];
        for (let i = 0; i < 20; i++) {
          values.push((await client.query("select $1::int as value", [at * 100 + i])).rows[0].value);
        }
        return values;
      }),
    );
    await Promise.all(clients.map((client) => client.end()));
    assert.deepEqual(
      answers,
      clients.map((_, at) => Array.from({ length: 20 }, (_, i) => at * 100 + i)),
    );
  });

  it("undoes the transaction of a client that goes away in its middle, and lets the others go on", async () => {
    const [leaver, stayer] = [await connect("leaver"), await connect("stayer")];
    leaver.on("error", () => undefined);
    await leaver.query("create table kept (id int)");
    await leaver.query("begin");
    await leaver.query("insert into kept values (1)");
    (leaver as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    const { rows } = await stayer.query("select count(*)::int as count from kept");
    await stayer.end();
    assert.deepEqual(rows, [{ count: 0 }]);
  });

  it("executes single statements of the Data API", async () => {
    await execute({ sql: "create role somebody login" });
    await execute({ sql: "grant rds_iam to somebody" });
    await refused({ sql: "create role somebody" }, "DatabaseErrorException");
    await refused({ sql: "select 1" }, "BadRequestException");
    await refused({ sql: "drop role somebody", transactionId: "t" }, "BadRequestException");
    await refused({ sql: "drop role somebody", secretArn: "arn:other" }, "SecretsErrorException");
    await refused({ sql: "drop role somebody", resourceArn: "arn:other" }, "DatabaseNotFoundException");
  });

  it("has one cluster at most", async () => {
    await assert.rejects(
      service.realise(cluster(service, AURORA, "second")),
      /second: .* one database cluster at most/,
    );
  });
});

describe("an RDS cluster", () => {
  const kind = clusterKind(() => 5433);
  const outputs = (inputs: Record<string, unknown>) =>
    kind.outputs({ name: "ledger", urn: "urn:ledger", inputs, physicalName: "ledger-1234567" }, cloud);

  it("has the secret of its first user only when RDS keeps the password", () => {
    assert.deepEqual(outputs({ engine: "aurora-postgresql" })["masterUserSecrets"], []);
    assert.equal((outputs(AURORA)["masterUserSecrets"] as unknown[]).length, 1);
  });

  it("is refused with an engine that this machine does not have", () => {
    assert.throws(() => outputs({ engine: "aurora-mysql" }), /ledger: .* PostgreSQL only, not the engine aurora-mysql/);
  });
});
