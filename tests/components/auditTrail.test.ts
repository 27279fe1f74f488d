import assert from "node:assert/strict";
import { AuditTrail } from "../../components/auditTrail";
import { EventsBus } from "../../components/eventsBus";
import { OrderStore } from "../../components/orderStore";
import { checkResourcePolicy } from "../../local/dynamodb/resourcePolicyKind";
import { allowed, arnOf, deploy, only, valueOf, type Deployment } from "./deployment";

const logging = { level: "INFO", retentionDays: 14 } as const;

function build(protectData: boolean): Promise<Deployment<AuditTrail>> {
  return deploy(() => {
    const orders = new OrderStore("orders", { protectData });
    const events = new EventsBus("events", { orders, archiveDays: 0, logging });
    return new AuditTrail("trail", { events, protectData, logging });
  });
}

describe("AuditTrail", () => {
  let built: Deployment<AuditTrail>;
  before(async () => (built = await build(true)));
  const inputs = (name: string): Record<string, any> => only(built.resources, name).inputs;

  it("keeps a row for each event of an order, and cannot be lost where data is protected", async () => {
    const { hashKey, rangeKey, pointInTimeRecovery, serverSideEncryption, deletionProtectionEnabled, ...rest } =
      inputs("trail-table");
    assert.deepEqual([hashKey, rangeKey], ["orderId", "eventId"]);
    assert.deepEqual([pointInTimeRecovery, serverSideEncryption], [{ enabled: true }, { enabled: true }]);
    assert.equal(deletionProtectionEnabled, true);
    assert.ok(!("ttl" in rest), "nothing in it has an end");
    const { resources } = await build(false);
    assert.equal(only(resources, "trail-table").inputs["deletionProtectionEnabled"], false);
  });

  it("hears of every event, of those of later versions too", () => {
    const { eventPattern } = inputs("events-record-event-rule");
    assert.deepEqual(JSON.parse(eventPattern), { source: ["ordering-system"] });
  });

  it("lets its recorder insert rows and read them, and nothing else", () => {
    const onTables = allowed(built.resources, "trail-consume").filter((pair) => pair.startsWith("dynamodb:"));
    assert.deepEqual(onTables, ["dynamodb:PartiQLInsert trail-table", "dynamodb:BatchGetItem trail-table"]);
  });

  it("lets a reader ask for the events of an order, and nothing else", async () => {
    const { actions, resources } = built.built.canRead();
    assert.deepEqual(actions, ["dynamodb:Query"]);
    assert.equal(await valueOf(resources[0] as never), arnOf("trail-table"));
  });

  it("refuses in the table's own policy to change a row, to everybody, and to add one, to everybody else", () => {
    const { resourceArn, policy } = inputs("trail-policy");
    assert.equal(resourceArn, arnOf("trail-table"));
    const [change, add, ...rest] = JSON.parse(policy).Statement;
    assert.deepEqual(rest, []);
    for (const { Effect, Principal, Resource } of [change, add]) {
      assert.deepEqual([Effect, Principal, Resource], ["Deny", "*", arnOf("trail-table")]);
    }
    assert.deepEqual(change.Action, [
      ...["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"],
      ...["dynamodb:PartiQLUpdate", "dynamodb:PartiQLDelete"],
    ]);
    assert.equal(change.Condition, undefined);
    assert.equal(add.Action, "dynamodb:PartiQLInsert");
    assert.deepEqual(add.Condition, { ArnNotEquals: { "aws:PrincipalArn": [arnOf("trail-consume-role")] } });
    checkResourcePolicy(only(built.resources, "trail-policy"));
  });
});
