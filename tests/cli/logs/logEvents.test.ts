import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { LogEvents } from "../../../cli/logs/logEvents";

const stateMachineArn = "arn:aws:states:eu-central-1:000000000000:stateMachine:m";
const QUERY = { group: "/aws/lambda/f", pattern: '{ $.orderId = "o-1" }', fromMs: 1_000.7 };

describe("FilterLogEvents, as commands call it", () => {
  let server: Server;
  let awsEndpoint: string;
  let answers: { status: number; body: unknown }[];
  let asked: { headers: Record<string, unknown>; body: any }[];
  const pauses: number[] = [];

  before(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        asked.push({ headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) });
        const { status, body } = answers.shift() ?? { status: 500, body: {} };
        response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    awsEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked = [];
    pauses.length = 0;
  });
  after(() => server.close());

  const page = async (query: Parameters<LogEvents["page"]>[0], ...given: typeof answers) => {
    answers = given;
    const events = new LogEvents({ stateMachineArn, awsEndpoint }, async (ms) => pauses.push(ms));
    try {
      return await events.page(query);
    } finally {
      events.close();
    }
  };
  const event = { eventId: "e-1", timestamp: 1_234, message: "{}" };
  const throttled = {
    status: 400,
    body: { __type: "com.amazonaws.logs#ThrottlingException", message: "Rate exceeded" },
  };

  it("asks for a page of a group, signed for CloudWatch Logs in the stack's region", async () => {
    const answer = await page({ ...QUERY, token: "t-1" }, { status: 200, body: { events: [event], nextToken: "t-2" } });
    assert.deepEqual(answer, {
      lines: [{ id: "e-1", group: QUERY.group, timeMs: 1_234, message: "{}" }],
      next: "t-2",
    });
    assert.deepEqual(asked[0]?.body, {
      ...{ logGroupName: QUERY.group, filterPattern: QUERY.pattern, startTime: 1_000, nextToken: "t-1" },
    });
    assert.equal(asked[0]?.headers["x-amz-target"], "Logs_20140328.FilterLogEvents");
    assert.match(
      String(asked[0]?.headers["authorization"]),
      /Credential=operator\/\d{8}\/eu-central-1\/logs\/aws4_request/,
    );
  });

  it("waits longer each time while it is held back or the service is away", async () => {
    const done = { status: 200, body: { events: [] } };
    assert.deepEqual(await page(QUERY, throttled, { status: 503, body: "down" }, throttled, done), { lines: [] });
    assert.deepEqual(
      pauses.map((ms, at) => ms <= 200 * 2 ** at && ms >= 100 * 2 ** at),
      [true, true, true],
    );
  });

  it("gives up in the end, and says which group and why", async () => {
    await assert.rejects(page(QUERY, ...Array<typeof throttled>(6).fill(throttled)), {
      message: "/aws/lambda/f cannot be read: ThrottlingException: Rate exceeded",
    });
    const denied = { status: 400, body: { __type: "AccessDeniedException", message: "not you" } };
    await assert.rejects(page(QUERY, denied), {
      message: "/aws/lambda/f cannot be read: AccessDeniedException: not you",
    });
    assert.equal(asked.length, 7);
  });

  it("passes on that nobody listens, by its code", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const events = new LogEvents({ stateMachineArn, awsEndpoint: `http://127.0.0.1:${port}` });
    await assert.rejects(events.page(QUERY), { code: "ECONNREFUSED" });
    events.close();
  });
});
