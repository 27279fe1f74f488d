import assert from "node:assert/strict";
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { awsConnection } from "../../cli/awsConnection";
import { missing, permissionReport, shortArn, unused } from "../../cli/iam/permissions";
import { removal } from "../../cli/iam/removal";
import { SCENES } from "../../cli/iam/scenes";
import { Stage } from "../../cli/iam/stage";

describe("least privilege", () => {
  let stage: Stage;
  before(async function () {
    this.timeout(180_000);
    stage = await Stage.open();
  });
  after(() => stage.close());

  const report = () => {
    const { allGrants, denials } = stage.pipeline.runtime.iam.usage;
    return permissionReport([{ grants: allGrants, denials }]);
  };

  for (const scene of SCENES) {
    it(`suffices when ${scene.name}`, async () => {
      await scene.play(stage);
      const denied = missing(report()).map(({ who, action, resource }) => `${who}: ${action} on ${shortArn(resource)}`);
      assert.deepEqual(denied, []);
    }).timeout(120_000);
  }

  it("leaves no permission of any role unused, but for those with a reason", () => {
    const left = unused(report()).map(({ role, action, resource }) => `${role}: ${action} on ${shortArn(resource)}`);
    assert.deepEqual(left, []);
  });

  it("lets the outbox be read by nobody who lacks the permission, and goes on once it is given back", async () => {
    const { allGrants } = stage.pipeline.runtime.iam.usage;
    const reading = allGrants.find(({ action }) => action === "dynamodb:GetRecords");
    const [confirmed] = SCENES;
    assert.ok(reading !== undefined && confirmed !== undefined);
    const { found, seen } = await removal(stage, reading, [confirmed]);
    assert.ok(found);
    assert.match(
      seen,
      /events-relay: cannot read: User: .*publishEvents is not authorized to perform: dynamodb:GetRecords/,
    );
    await stage.ends(await stage.place(), "CONFIRMED");
  }).timeout(120_000);

  it("holds for the resource too: a rule whose queue does not let it in leaves the event in its dead-letter queue", async () => {
    const sqs = new SQSClient(awsConnection(stage.pipeline.outputs));
    const QueueUrl = stage.pipeline.outputs.orderQueueUrl;
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] }));
    const put = (Policy = "") => sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    const kept = stage.count("-undelivered-events", "sent");
    await put();
    try {
      await stage.place();
      await stage.until("a dead letter", () => stage.count("-undelivered-events", "sent") > kept);
    } finally {
      await put(Attributes?.["Policy"]);
      sqs.destroy();
    }
    const denied = missing(report()).find(({ who }) => who === "events.amazonaws.com");
    assert.deepEqual([denied?.action, denied?.refusal], ["sqs:SendMessage", "no resource-based policy"]);
  }).timeout(120_000);

  it("binds administrators where a resource denies: nobody changes the audit trail, or adds to it by hand", async () => {
    const client = new DynamoDBClient(awsConnection(stage.pipeline.outputs));
    const TableName = String(stage.pipeline.outputs["orderEventsTable"]);
    const Key = { orderId: { S: "1" }, eventId: { S: "1" } };
    const denied = (error: Error): boolean =>
      error.name === "AccessDeniedException" && /with an explicit deny in a resource-based policy$/.test(error.message);
    try {
      await assert.rejects(client.send(new DeleteItemCommand({ TableName, Key })), denied);
      await assert.rejects(client.send(new PutItemCommand({ TableName, Item: Key })), denied);
    } finally {
      client.destroy();
    }
  });
});
