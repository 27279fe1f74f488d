import assert from "node:assert/strict";
import { AwsError } from "../../../local/awsError";
import { DatabaseCalls } from "../../../local/cloudwatch/sources/databaseCalls";
import { parseStatistic } from "../../../local/cloudwatch/statistic";
import { CloudWatchBench } from "./cloudWatchFixture";

describe("the metrics of services", () => {
  let bench: CloudWatchBench;
  const counts = { visible: 3, hidden: 2, delayed: 1 };
  const queue = { identity: { name: "orders" }, counts: () => ({ ...counts }), oldestAgeSeconds: () => 90 };

  beforeEach(() => {
    Object.assign(counts, { visible: 3, hidden: 2, delayed: 1 });
    bench = new CloudWatchBench([queue]);
  });
  afterEach(() => bench.service.stop());

  function read(stat: string, namespace: string, name: string, dimensions: Record<string, string> = {}): number[] {
    const fromMs = Date.UTC(2026, 0, 1);
    const query = { statistic: parseStatistic(stat), periodSeconds: 60, fromMs, toMs: bench.clock.now() + 60_000 };
    return bench.service.store.points({ namespace, name, dimensions }, query).map(({ value }) => value);
  }

  it("tell of a function's invocations, at the time of their beginning", async () => {
    const begun = { functionName: "create", startedMs: bench.clock.now(), durationMs: 12, cold: false, concurrency: 2 };
    await bench.clock.advance(90);
    bench.feed.emit("invocation", { ...begun, requestId: "1" });
    bench.feed.emit("invocation", { ...begun, requestId: "2", error: { errorType: "E", errorMessage: "e" } });
    bench.feed.emit("throttle", { functionName: "create", timeMs: bench.clock.now() });
    bench.feed.emit("streamBatch", { functionName: "create", ageMs: 700, timeMs: bench.clock.now() });
    bench.feed.emit("asyncCall", { functionName: "create", what: "dropped", timeMs: bench.clock.now() });
    const of = { FunctionName: "create" };
    assert.deepEqual(read("Sum", "AWS/Lambda", "Invocations", of), [2]);
    assert.deepEqual(read("Average", "AWS/Lambda", "Errors", of), [0.5]);
    assert.deepEqual(read("Average", "AWS/Lambda", "Duration", of), [12]);
    assert.deepEqual(read("Maximum", "AWS/Lambda", "ConcurrentExecutions", of), [2]);
    assert.deepEqual(read("Sum", "AWS/Lambda", "Throttles", of), [0, 1]);
    assert.deepEqual(read("Maximum", "AWS/Lambda", "IteratorAge", of), [700]);
    assert.deepEqual(read("Sum", "AWS/Lambda", "AsyncEventsDropped", of), [1]);
  });

  it("measure queues once a minute, and count what moves", async () => {
    const moved = { queue: "orders", messageId: "1", receiveCount: 0 };
    for (const what of ["sent", "sent", "received", "deleted"] as const) bench.feed.emit("message", { ...moved, what });
    bench.feed.emit("message", { ...moved, what: "moved", to: "dead" });
    await bench.service.start();
    await bench.clock.advance(120);
    const of = { QueueName: "orders" };
    assert.deepEqual(read("Maximum", "AWS/SQS", "ApproximateNumberOfMessagesVisible", of), [3, 3]);
    assert.deepEqual(read("Maximum", "AWS/SQS", "ApproximateNumberOfMessagesNotVisible", of), [2, 2]);
    assert.deepEqual(read("Maximum", "AWS/SQS", "ApproximateNumberOfMessagesDelayed", of), [1, 1]);
    assert.deepEqual(read("Maximum", "AWS/SQS", "ApproximateAgeOfOldestMessage", of), [90, 90]);
    assert.deepEqual(read("Sum", "AWS/SQS", "NumberOfMessagesSent", of), [2]);
    assert.deepEqual(read("Sum", "AWS/SQS", "NumberOfMessagesReceived", of), [1]);
    assert.deepEqual(read("Sum", "AWS/SQS", "NumberOfMessagesDeleted", of), [1]);
    assert.deepEqual(read("Sum", "AWS/SQS", "NumberOfMessagesSent", { QueueName: "dead" }), []);
  });

  it("say nothing of a queue any more in which nothing happened for six hours", async () => {
    await bench.service.start();
    await bench.clock.advance(60);
    Object.assign(counts, { visible: 0, hidden: 0, delayed: 0 });
    await bench.clock.advance(8 * 3600);
    const samples = read("SampleCount", "AWS/SQS", "ApproximateNumberOfMessagesVisible", { QueueName: "orders" });
    assert.equal(samples.length, 1 + 6 * 60);
  });

  it("tell how executions of a state machine went, and how long they took", async () => {
    const execution = { executionArn: "arn:aws:states:eu-central-1:1:express:saga:name:id", name: "name" };
    bench.feed.emit("execution", { ...execution, what: "started", timeMs: bench.clock.now() });
    bench.feed.emit("execution", { ...execution, what: "failed", timeMs: bench.clock.now() + 1_500 });
    const of = { StateMachineArn: "arn:aws:states:eu-central-1:1:stateMachine:saga" };
    assert.deepEqual(read("Sum", "AWS/States", "ExecutionsStarted", of), [1]);
    assert.deepEqual(read("Sum", "AWS/States", "ExecutionsFailed", of), [1]);
    assert.deepEqual(read("Average", "AWS/States", "ExecutionTime", of), [1_500]);
    assert.deepEqual(read("Sum", "AWS/States", "ExecutionsSucceeded", of), []);
  });

  it("tell of requests to an API as a whole and of its stage, so that an average is a rate", () => {
    const request = { method: "GET", path: "/", durationMs: 30, requestId: "1", api: "shop", stage: "dev" };
    for (const status of [200, 201, 404, 503]) {
      bench.feed.emit("request", { ...request, status, integrationMs: 20, timeMs: bench.clock.now() });
    }
    for (const of of [{ ApiName: "shop" }, { ApiName: "shop", Stage: "dev" }]) {
      assert.deepEqual(read("SampleCount", "AWS/ApiGateway", "Count", of), [4]);
      assert.deepEqual(read("Average", "AWS/ApiGateway", "4XXError", of), [0.25]);
      assert.deepEqual(read("Sum", "AWS/ApiGateway", "5XXError", of), [1]);
      assert.deepEqual(read("p90", "AWS/ApiGateway", "Latency", of), [30]);
      assert.deepEqual(read("Average", "AWS/ApiGateway", "IntegrationLatency", of), [20]);
    }
  });

  it("tell of rules by bus, except on the default bus", () => {
    const told = (bus: string, what: "triggered" | "delivered" | "deadLettered" | "dropped"): void =>
      bench.feed.emit("ruleDelivery", { bus, rule: "r", what, timeMs: bench.clock.now() });
    told("shop", "triggered");
    told("shop", "delivered");
    told("shop", "deadLettered");
    told("default", "dropped");
    const of = { EventBusName: "shop", RuleName: "r" };
    assert.deepEqual(read("Sum", "AWS/Events", "MatchedEvents", of), [1]);
    assert.deepEqual(read("Sum", "AWS/Events", "Invocations", of), [2]);
    assert.deepEqual(read("Sum", "AWS/Events", "InvocationsSentToDlq", of), [1]);
    assert.deepEqual(read("Sum", "AWS/Events", "FailedInvocations", of), []);
    assert.deepEqual(read("Sum", "AWS/Events", "FailedInvocations", { RuleName: "r" }), [1]);
  });

  it("tell of topics by name", () => {
    for (const what of ["published", "delivered", "dropped"] as const) {
      bench.feed.emit("notification", { topic: "operators", what, timeMs: bench.clock.now() });
    }
    for (const name of ["MessagesPublished", "NotificationsDelivered", "NotificationsFailed"]) {
      assert.deepEqual(read("Sum", "AWS/SNS", `NumberOf${name}`, { TopicName: "operators" }), [1]);
    }
  });

  describe("of DynamoDB", () => {
    const calls = (): DatabaseCalls => {
      const faults = { around: <Answer>(_call: unknown, carryOut: () => Promise<Answer>) => carryOut() };
      return new DatabaseCalls({ clock: bench.clock, feed: bench.feed, faults });
    };
    const call = (operation: string, input: object, answer: () => Promise<object>): Promise<object> =>
      calls().around({ action: `dynamodb:${operation}`, body: Buffer.from(JSON.stringify(input)) }, answer);

    it("tell how long a call took, by table and operation", async () => {
      await call("PutItem", { TableName: "orders" }, async () => {
        await bench.clock.advance(2);
        return { status: 200, body: "{}" };
      });
      const of = { TableName: "orders", Operation: "PutItem" };
      assert.deepEqual(read("Average", "AWS/DynamoDB", "SuccessfulRequestLatency", of), [2_000]);
    });

    it("tell a condition that failed from an error of the user's", async () => {
      const refused = (type: string) => async () => ({ status: 400, body: JSON.stringify({ __type: `x#${type}` }) });
      await call("PutItem", { TableName: "orders" }, refused("ConditionalCheckFailedException"));
      await call("Query", { TableName: "orders" }, refused("ValidationException"));
      assert.deepEqual(read("Sum", "AWS/DynamoDB", "ConditionalCheckFailedRequests", { TableName: "orders" }), [1]);
      assert.deepEqual(read("Sum", "AWS/DynamoDB", "UserErrors"), [1]);
    });

    it("tell of throttling and of the service's own errors, which are made to happen here", async () => {
      const failing = (code: string, status: number) => async () => {
        throw new AwsError(code, "no", status);
      };
      await assert.rejects(
        call("Query", { TableName: "orders" }, failing("ProvisionedThroughputExceededException", 400)),
      );
      await assert.rejects(
        call("BatchWriteItem", { RequestItems: { orders: [] } }, failing("InternalServerError", 500)),
      );
      const of = { TableName: "orders" };
      assert.deepEqual(read("Sum", "AWS/DynamoDB", "ThrottledRequests", { ...of, Operation: "Query" }), [1]);
      assert.deepEqual(read("Sum", "AWS/DynamoDB", "ReadThrottleEvents", of), [1]);
      assert.deepEqual(read("Sum", "AWS/DynamoDB", "SystemErrors", { ...of, Operation: "BatchWriteItem" }), [1]);
      assert.deepEqual(read("Sum", "AWS/DynamoDB", "UserErrors"), []);
    });

    it("count for an index what was refused there, and not for its table", async () => {
      const query = { TableName: "orders", IndexName: "by-user" };
      const refused = async () => {
        throw new AwsError("ProvisionedThroughputExceededException", "no", 400);
      };
      await assert.rejects(call("Query", query, refused));
      const of = { TableName: "orders", GlobalSecondaryIndexName: "by-user" };
      assert.deepEqual(read("Sum", "AWS/DynamoDB", "ReadThrottleEvents", of), [1]);
      assert.deepEqual(read("Sum", "AWS/DynamoDB", "ReadThrottleEvents", { TableName: "orders" }), []);
    });

    it("tell which table of a transaction was in conflict", async () => {
      const TransactItems = [{ Update: { TableName: "orders" } }, { Put: { TableName: "stock" } }];
      const CancellationReasons = [{ Code: "None" }, { Code: "TransactionConflict" }];
      const body = JSON.stringify({ __type: "TransactionCanceledException", CancellationReasons });
      await call("TransactWriteItems", { TransactItems }, async () => ({ status: 400, body }));
      assert.deepEqual(read("Sum", "AWS/DynamoDB", "TransactionConflict", { TableName: "stock" }), [1]);
      assert.deepEqual(read("Sum", "AWS/DynamoDB", "TransactionConflict", { TableName: "orders" }), []);
    });
  });
});
