import assert from "node:assert/strict";
import { Clock } from "../../../local/clock";
import { FakeQueue, FakeStream, queuesOf } from "./fakeSources";
import { LambdaBench, roleArn } from "./lambdaBench";

const FUNCTION = "aws:lambda/function:Function";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const PERMISSION = "aws:lambda/permission:Permission";

describe("Lambda resources", () => {
  let bench: LambdaBench;
  let queue: FakeQueue;
  let stream: FakeStream;

  beforeEach(async () => {
    const clock = new Clock();
    queue = new FakeQueue(clock, 30);
    stream = new FakeStream(clock);
    const streams = { stream: (arn: string) => (arn === stream.arn ? stream : undefined) };
    bench = new LambdaBench({ clock, queues: queuesOf(queue), streams });
    await bench.deploy("work", "exports.handler = async () => 1", { timeout: 10 });
  });

  afterEach(() => bench.stop());

  const realise = (type: string, inputs: Record<string, unknown>) => bench.realise(type, "thing", inputs);

  it("answers what the provider would compute for a function", async () => {
    const { outputs } = await realise(FUNCTION, {
      ...{ handler: "index.handler", runtime: "nodejs24.x", role: roleArn, code: { files: { "index.js": "" } } },
    });
    const arn = "arn:aws:lambda:eu-central-1:000000000000:function:thing-1234567";
    assert.equal(outputs["name"], "thing-1234567");
    assert.equal(outputs["arn"], arn);
    assert.equal(outputs["qualifiedArn"], `${arn}:$LATEST`);
    assert.equal(
      outputs["invokeArn"],
      `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
    );
  });

  it("reports all that is wrong with a function at once", async () => {
    const inputs = {
      ...{ handler: "index", runtime: "python3.13", role: roleArn, timeout: 901 },
      ...{ code: { files: {} }, packageType: "Image" },
    };
    await assert.rejects(realise(FUNCTION, inputs), (error: Error) => {
      assert.match(error.message, /^aws:lambda\/function:Function "thing": /);
      for (const part of ["handler:", "runtime:", "timeout:", "packageType:", "901", "python3.13"]) {
        assert.ok(error.message.includes(part), `${part} in ${error.message}`);
      }
      return true;
    });
  });

  it("refuses what Lambda refuses of a function", async () => {
    const refused = (inputs: Record<string, unknown>, message: RegExp): Promise<void> =>
      assert.rejects(bench.deploy("other", "", inputs), message);
    await refused({ environment: { variables: { AWS_REGION: "x" } } }, /AWS_REGION is reserved/);
    await refused({ environment: { variables: { LONG: "x".repeat(4_096) } } }, /more than 4 KB/);
    await refused({ loggingConfig: { applicationLogLevel: "INFO" } }, /need logFormat JSON/);
    await refused({ region: "us-east-1" }, /us-east-1 is not the runtime's region/);
    await refused({ code: { files: { "../x": "" } } }, /outside the archive/);
    await refused({ name: "x".repeat(65) }, /longer than 64/);
    await refused({ name: "work" }, /already a function "work"/);
  });

  it("refuses a queue whose messages would show up again while the function still runs", async () => {
    await bench.deploy("long", "", { timeout: 31 });
    await assert.rejects(
      realise(MAPPING, { eventSourceArn: queue.arn, functionName: "long" }),
      /visibility timeout \(30 s\) is less than the timeout of the function "long" \(31 s\)/,
    );
  });

  it("refuses what Lambda refuses of a mapping", async () => {
    const ofQueue = { eventSourceArn: queue.arn, functionName: "work" };
    const ofStream = { eventSourceArn: stream.arn, functionName: "work", startingPosition: "LATEST" };
    const refused = (inputs: Record<string, unknown>, message: RegExp): Promise<void> =>
      assert.rejects(realise(MAPPING, inputs), message);
    await refused({ ...ofQueue, startingPosition: "LATEST" }, /startingPosition: only for streams/);
    await refused({ ...ofQueue, batchSize: 11 }, /more than 10 needs maximumBatchingWindowInSeconds/);
    await refused({ ...ofQueue, scalingConfig: { maximumConcurrency: 1 } }, /scalingConfig.maximumConcurrency/);
    await refused({ ...ofQueue, eventSourceArn: `${queue.arn}2` }, /there is no queue/);
    await refused({ ...ofQueue, functionName: "lost" }, /Function not found: lost/);
    await refused({ ...ofStream, startingPosition: undefined }, /a stream needs one/);
    await refused({ ...ofStream, scalingConfig: { maximumConcurrency: 2 } }, /scalingConfig: only for queues/);
    await refused({ ...ofStream, eventSourceArn: `${stream.arn}2` }, /there is no stream/);
    const onFailure = { destinationArn: `${queue.arn}2` };
    await refused({ ...ofStream, destinationConfig: { onFailure } }, /destinationConfig: there is no queue/);
    await refused({ ...ofStream, maximumRecordAgeInSeconds: 1 }, /maximumRecordAgeInSeconds/);
  });

  it("knows neither filters nor layers", () => {
    for (const kind of bench.lambda.kinds) {
      for (const input of ["filterCriteria", "layers", "imageUri", "provisionedPollerConfig"]) {
        assert.ok(![...kind.honours, ...kind.withoutLocalEffect].includes(input), `${kind.type} ${input}`);
      }
    }
  });

  it("leaves a mapping alone that is not enabled", async () => {
    await realise(MAPPING, { eventSourceArn: queue.arn, functionName: "work", enabled: false });
    await bench.lambda.start();
    queue.put("a");
    assert.equal(queue.kept[0]?.receives, 0);
  });

  it("says which services a function's policy lets in", async () => {
    const api = "arn:aws:execute-api:eu-central-1:000000000000:abc";
    await realise(PERMISSION, {
      ...{ action: "lambda:InvokeFunction", function: "work" },
      ...{ principal: "apigateway.amazonaws.com", sourceArn: `${api}/*/POST/orders` },
    });
    const permits = (principal: string, sourceArn: string) => bench.lambda.permits("work", { principal, sourceArn });
    assert.ok(permits("apigateway.amazonaws.com", `${api}/dev/POST/orders`));
    assert.ok(!permits("apigateway.amazonaws.com", `${api}/dev/GET/orders`));
    assert.ok(!permits("events.amazonaws.com", `${api}/dev/POST/orders`));
  });
});
