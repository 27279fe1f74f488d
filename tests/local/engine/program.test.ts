import assert from "node:assert/strict";
import { join } from "node:path";
import { runProgram, type ProgramResult } from "../../../local/engine/program";
import { ProgramProcess } from "../../../local/engine/programProcess";
import { LocalProvider } from "../../../local/provider";
import type { Cloud, ResourceKind } from "../../../local/resource";

const cloud: Cloud = {
  region: "eu-west-1",
  accountId: "000000000000",
  project: "fixture",
  stack: "test",
  endpoint: "http://127.0.0.1:1",
  apiUrl: "http://127.0.0.1:2",
};

function kind(type: string, honours: readonly string[], outputs: object = {}): ResourceKind {
  return {
    type,
    honours,
    withoutLocalEffect: ["tags"],
    outputs: ({ physicalName }) => ({ id: physicalName, arn: `arn:${physicalName}`, ...outputs }),
  };
}

const kinds = [
  kind("aws:sqs/queue:Queue", ["delaySeconds"], { url: "http://queue" }),
  kind("aws:apigateway/apiKey:ApiKey", ["description"], { value: "s3cret" }),
  kind("aws:iam/role:Role", ["assumeRolePolicy"]),
  kind("aws:lambda/function:Function", ["code", "role", "handler"]),
];

function run(config: Record<string, string>, provider = new LocalProvider(cloud, kinds)): Promise<ProgramResult> {
  return runProgram(
    {
      program: join(__dirname, "fixture", "program.ts"),
      project: "fixture",
      stack: "test",
      config: { "fixture:trust": "{}", "fixture:token": "hush", ...config },
      secretKeys: ["fixture:token"],
    },
    provider,
  );
}

describe("runProgram", () => {
  let result: ProgramResult;
  before(async () => {
    result = await run({});
  });
  const resource = (name: string) => {
    const found = result.resources.find((candidate) => candidate.name === name);
    assert.ok(found, name);
    return found;
  };

  it("answers the program's exports, and tells which are secret", () => {
    assert.deepEqual(result.outputs, { queueUrl: "http://queue", keys: { only: "s3cret" }, region: "eu-west-1" });
    assert.deepEqual(result.secretOutputs, ["keys"]);
  });

  it("names resources as the engine of Pulumi would", () => {
    assert.equal(resource("key").urn, "urn:pulumi:test::fixture::aws:apigateway/apiKey:ApiKey::key");
    assert.equal(
      resource("letters-queue").urn,
      "urn:pulumi:test::fixture::fixture:component:Mailbox$aws:sqs/queue:Queue::letters-queue",
    );
    assert.equal(resource("letters-queue").parent, resource("letters").urn);
  });

  it("keeps inputs whole: outputs of other resources, unwrapped secrets, the texts of an archive", () => {
    assert.match(String(resource("key").inputs["description"]), /^arn:letters-queue-[0-9a-f]{7}$/);
    assert.deepEqual(resource("role").inputs["tags"], { of: "hush" });
    assert.deepEqual(resource("function").inputs["code"], { files: { "index.js": "exports.a = 1;" } });
  });

  it("registers a resource after all that it depends on", () => {
    const names = result.resources.map(({ name }) => name);
    assert.ok(names.indexOf("function") > names.indexOf("role"));
    assert.ok(resource("function").dependencies.includes(resource("key").urn));
  });

  it("refuses a resource type without a stand-in, by name", async () => {
    await assert.rejects(run({ "fixture:broken": "yes" }), {
      message: "unknown: the local runtime has no stand-in for the resource type aws:s3/bucket:Bucket.",
    });
  });

  it("refuses an input that it does not know, by name", async () => {
    const narrow = new LocalProvider(cloud, [kind("aws:sqs/queue:Queue", []), ...kinds.slice(1)]);
    await assert.rejects(run({}, narrow), {
      message: "letters-queue: the local runtime does not know delaySeconds of aws:sqs/queue:Queue.",
    });
  });

  it("runs programs one after the other in one process, each from its beginning", async () => {
    ProgramProcess.keep();
    const first = await run({});
    const process = ProgramProcess.take();
    process.giveBack();
    const second = await run({});
    const next = ProgramProcess.take();
    next.giveBack();
    assert.equal(next, process);
    const told = ({ resources, ...rest }: ProgramResult) => [resources.map(({ urn }) => urn).sort(), rest];
    assert.deepEqual([told(first), told(second)], [told(result), told(result)]);
    // A failed program may have left anything behind: its process ends.
    await assert.rejects(run({}, new LocalProvider(cloud, kinds.slice(0, 1))));
    const fresh = ProgramProcess.take();
    assert.notEqual(fresh, process);
    fresh.kill();
  });

  it("passes the program's own error on", async () => {
    await assert.rejects(
      runProgram(
        {
          program: join(__dirname, "fixture", "program.ts"),
          project: "fixture",
          stack: "test",
          config: {},
          secretKeys: [],
        },
        new LocalProvider(cloud, kinds),
      ),
      /Missing required configuration variable 'fixture:trust'/,
    );
  });
});
