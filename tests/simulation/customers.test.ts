import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Clock } from "../../local/clock";
import { Customers } from "../../simulation/customers";
import { Journal } from "../../simulation/journal";
import { Random } from "../../simulation/random";
import type { Undertaking, Wave } from "../../simulation/undertaking";
import { A_SENDING } from "./aHistory";

type Answer = number | "hangUp";

interface Received {
  readonly key: string | undefined;
  readonly apiKey: string | undefined;
  readonly body: string;
}

describe("customers", () => {
  const clock = new Clock(1_000_000);
  let server: Server;
  let answers: Answer[] = [];
  let received: Received[] = [];
  let journal = new Journal();
  let customers: Customers;

  beforeEach(async () => {
    received = [];
    journal = new Journal();
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => {
        const header = (name: string) => request.headers[name] as string | undefined;
        received.push({ key: header("idempotency-key"), apiKey: header("x-api-key"), body });
        const answer = answers.shift() ?? 201;
        if (answer === "hangUp") response.destroy();
        else response.writeHead(answer, { location: "/orders/o" }).end('{"orderId":"o"}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const target = { apiUrl, apiKeys: { acme: "the-key" }, clock };
    customers = new Customers({ target, journal, random: new Random("7") });
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  after(() => clock.stop());

  const undertaking = (...waves: Wave[]): Undertaking => ({ name: "undertaking-1", kind: "plain", waves });
  const wave = (when: Wave["when"], body = "{}"): Wave => ({ when, sendings: [{ ...A_SENDING, body }] });
  const outcomes = () => journal.attempts.map(({ outcome }) => ("status" in outcome ? outcome.status : "lost"));

  it("ask again under the same key until the answer is clear", async () => {
    answers = [503, "hangUp", 429, 500, 201];
    await customers.carryOut([undertaking(wave("now"))], 1);
    assert.deepEqual(outcomes(), [503, "lost", 429, 500, 201]);
    assert.deepEqual([...new Set(received.map(({ key, apiKey }) => `${key} ${apiKey}`))], ["key-1 the-key"]);
    assert.deepEqual([...journal.acceptedIds()], ["o"]);
  });

  it("take a refusal as it is", async () => {
    answers = [422];
    await customers.carryOut([undertaking(wave("now"))], 1);
    assert.deepEqual(outcomes(), [422]);
  });

  it("without a key ask once, whatever comes of it", async () => {
    answers = [500];
    const { idempotencyKey: _key, ...keyless } = A_SENDING;
    await customers.carryOut([undertaking({ when: "now", sendings: [keyless] })], 1);
    assert.deepEqual([outcomes(), received[0]?.key], [[500], undefined]);
  });

  it("send no API key, or a wrong one, when that is meant", async () => {
    answers = [403, 403];
    const strangers = (["none", "unknown"] as const).map((credential) => ({ ...A_SENDING, credential }));
    await customers.carryOut(
      strangers.map((sending) => undertaking({ when: "now", sendings: [sending] })),
      1,
    );
    assert.deepEqual(
      received.map(({ apiKey }) => apiKey),
      [undefined, "nobody-has-this-key"],
    );
  });

  it("leave waves for the end until every first word was said", async () => {
    answers = [];
    const first = undertaking(wave("now", "1"), wave("end", "3"), wave("now", "4"));
    await customers.carryOut([first, undertaking(wave("now", "2"))], 1);
    assert.deepEqual(
      received.map(({ body }) => body),
      ["1", "2", "3", "4"],
    );
    assert.equal(customers.unfinishedCount, 0);
  });

  it("give up when nothing is clear, and go on from there when told to", async () => {
    answers = Array.from({ length: 16 }, () => 503);
    const given = undertaking(wave("now", "1"), wave("now", "2"));
    await customers.carryOut([given], 1);
    assert.deepEqual([customers.unfinishedCount, journal.givenUp, received.length], [1, 2, 16]);
    assert.ok(received.every(({ body }) => body === "1"));
    await customers.finish(1);
    assert.deepEqual([customers.unfinishedCount, received.slice(16).map(({ body }) => body)], [0, ["1", "2"]]);
  });
});
