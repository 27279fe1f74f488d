import assert from "node:assert/strict";
import type { RestResponse } from "../../../local/endpoint/endpoint";
import { until } from "./fakeInvoker";
import { FakeQueue, queuesOf } from "./fakeSources";
import { LambdaBench } from "./lambdaBench";

describe("Lambda API", () => {
  let bench: LambdaBench;
  let queue: FakeQueue;
  let uuid: unknown;

  beforeEach(async () => {
    bench = new LambdaBench({ queues: { queue: (arn) => queuesOf(queue).queue(arn) }, speed: 10_000 });
    queue = new FakeQueue(bench.clock);
    await bench.deploy(
      "echo",
      "exports.handler = async (event) => { if (event.fail) throw new Error('no'); return event; }",
      {
        deadLetterConfig: { targetArn: queue.arn },
      },
    );
    const mapping = await bench.realise("aws:lambda/eventSourceMapping:EventSourceMapping", "mapping", {
      eventSourceArn: queue.arn,
      functionName: "echo",
    });
    uuid = mapping.outputs["uuid"];
    await bench.lambda.start();
  });

  afterEach(() => bench.stop());

  const call = async (
    method: string,
    url: string,
    { headers = {}, body = "" }: { headers?: Record<string, string>; body?: string } = {},
  ): Promise<RestResponse> => {
    const { pathname, searchParams: query } = new URL(url, "http://lambda");
    const operation = bench.lambda.restOperations.find(
      (candidate) => candidate.method === method && candidate.path.test(pathname),
    );
    assert.ok(operation, `${method} ${url}`);
    const parameters = { ...operation.path.exec(pathname)?.groups };
    const request = { parameters, query, headers, body: Buffer.from(body) };
    const caller = { accessKeyId: "TESTER" };
    return operation.handle(request, { action: operation.action, caller, signal: new AbortController().signal });
  };

  const invocations = "/2015-03-31/functions/echo/invocations";

  it("invokes a function and answers what it answered", async () => {
    const answer = await call("POST", invocations, { body: '{"a":1}' });
    assert.equal(answer.status, 200);
    assert.equal(answer.body, '{"a":1}');
    assert.equal(answer.headers?.["x-amz-function-error"], undefined);
  });

  it("says in a header that the function failed", async () => {
    const answer = await call("POST", invocations, { body: '{"fail":true}' });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers?.["x-amz-function-error"], "Unhandled");
    assert.equal((answer.body as any).errorMessage, "no");
  });

  it("takes an event on, tries it three times, and sends it to the dead-letter queue", async () => {
    const startedMs = bench.clock.now();
    const answer = await call("POST", invocations, {
      body: '{"fail":true}',
      headers: { "x-amz-invocation-type": "Event" },
    });
    assert.equal(answer.status, 202);
    await until(() => queue.sent.length === 1);
    assert.equal(bench.invocations.length, 3);
    assert.equal(new Set(bench.invocations.map(({ requestId }) => requestId)).size, 1);
    assert.ok(bench.clock.now() - startedMs >= 180_000);
    assert.deepEqual(queue.sent, [
      {
        body: '{"fail":true}',
        attributes: { RequestID: answer.headers?.["x-amzn-requestid"], ErrorCode: "200", ErrorMessage: "no" },
      },
    ]);
    assert.deepEqual(bench.troubles, ["gave up an event: Error: no"]);
  });

  it("checks a call without making it", async () => {
    assert.equal((await call("POST", invocations, { headers: { "x-amz-invocation-type": "DryRun" } })).status, 204);
    assert.equal(bench.invocations.length, 0);
  });

  it("refuses what it does not know, by name", async () => {
    const refused = (headers: Record<string, string>, body = "{}"): Promise<RestResponse> =>
      call("POST", invocations, { headers, body });
    await assert.rejects(refused({ "x-amz-log-type": "Tail" }), /x-amz-log-type: Tail/);
    await assert.rejects(refused({ "x-amz-invocation-type": "Now" }), { name: "InvalidParameterValueException" });
    await assert.rejects(refused({}, "{"), { name: "InvalidRequestContentException" });
    await assert.rejects(call("POST", "/2015-03-31/functions/lost/invocations"), { status: 404 });
    const mapping = `/2015-03-31/event-source-mappings/${String(uuid)}`;
    await assert.rejects(call("PUT", mapping, { body: '{"BatchSize":1}' }), /not BatchSize/);
    await assert.rejects(call("GET", `${mapping}0`), { name: "ResourceNotFoundException" });
  });

  it("describes functions", async () => {
    const one = (await call("GET", "/2015-03-31/functions/echo")).body as any;
    assert.equal(one.Configuration.FunctionArn, "arn:aws:lambda:eu-central-1:000000000000:function:echo");
    const all = (await call("GET", "/2015-03-31/functions/")).body as any;
    assert.deepEqual(all.Functions, [one.Configuration]);
  });

  it("lets a mapping rest and move again", async () => {
    const path = `/2015-03-31/event-source-mappings/${String(uuid)}`;
    const states = async (query = ""): Promise<unknown> =>
      ((await call("GET", `/2015-03-31/event-source-mappings/${query}`)).body as any).EventSourceMappings.map(
        ({ State }: any) => State,
      );
    await call("PUT", path, { body: '{"Enabled":false}' });
    assert.deepEqual(await states("?FunctionName=echo"), ["Disabled"]);
    assert.deepEqual(await states("?EventSourceArn=other"), []);
    queue.put("a");
    assert.deepEqual(queue.ids, ["a"]);
    await call("PUT", path, { body: '{"Enabled":true}' });
    assert.deepEqual(await states(), ["Enabled"]);
    await until(() => queue.ids.length === 0);
  });

  it("refuses every call of a function with no concurrency, until it shares the account's again", async () => {
    const path = "/2017-10-31/functions/echo/concurrency";
    const known = "/2019-09-30/functions/echo/concurrency";
    const set = await call("PUT", path, { body: '{"ReservedConcurrentExecutions":0}' });
    assert.deepEqual([set.status, set.body], [200, { ReservedConcurrentExecutions: 0 }]);
    assert.deepEqual((await call("GET", known)).body, { ReservedConcurrentExecutions: 0 });
    await assert.rejects(call("POST", invocations, { body: "{}" }), { code: "TooManyRequestsException", status: 429 });

    assert.equal((await call("DELETE", path)).status, 204);
    assert.deepEqual((await call("GET", known)).body, {});
    assert.equal((await call("POST", invocations, { body: "{}" })).status, 200);
    await assert.rejects(call("PUT", path, { body: '{"ReservedConcurrentExecutions":-1}' }), /whole number from 0 on/);
  });
});
