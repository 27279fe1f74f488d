import assert from "node:assert/strict";
import { connect } from "node:net";
import { closeAll, deploy } from "./gateway";

/** Everything that comes back for these bytes. */
function spoken(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(bytes, "latin1"));
    socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
    socket.on("error", reject).on("close", () => resolve(text));
  });
}

const head = (line: string, ...more: string[]) =>
  [line, "Host: api.test", "Connection: close", ...more, "", ""].join("\r\n");

describe("the gateway's front door", () => {
  afterEach(closeAll);

  it("refuses what is no HTTP in the form of answers that no API customises, and hangs up", async () => {
    const gateway = await deploy();
    const wrong: [string, number, string][] = [
      [head("GET /a\0b HTTP/1.1"), 400, "Bad Request"],
      [head("get /health HTTP/1.1"), 400, "Bad Request"],
      [head("GET /orders/1 HTTP/1.1", "Bad Name: x"), 400, "Bad Request"],
      ["GET /orders/1 HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "Bad Request"],
      [head("GET /orders/1 HTTP/1.1", `X: ${"x".repeat(40_000)}`), 431, "Request Header Fields Too Large"],
      [`${head("POST /orders HTTP/1.1", "Transfer-Encoding: chunked")}zz\r\n{}\r\n0\r\n\r\n`, 400, "Bad Request"],
    ];
    for (const [bytes, status, message] of wrong) {
      const answer = await spoken(gateway.url, bytes);
      assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), bytes.slice(0, 60));
      assert.match(answer, /\r\nContent-Type: application\/json\r\n/);
      assert.equal(answer.split("\r\n\r\n")[1], JSON.stringify({ message }));
    }
    assert.match(await spoken(gateway.url, head("HEAD /\xe4 HTTP/1.1")), /^HTTP\/1.1 400 .*\r\n\r\n$/s);
    assert.equal(gateway.events.length, 0);
  });

  it("lets in a whole URL in place of a path, and an expectation that nobody knows", async () => {
    const gateway = await deploy();
    for (const bytes of [
      head("GET http://api.test/orders/1?tag=x HTTP/1.1"),
      head("GET /orders/1?tag=x HTTP/1.1", "Expect: a-miracle"),
    ]) {
      assert.match(await spoken(gateway.url, bytes), /^HTTP\/1.1 200 /);
      const { resource, queryStringParameters } = gateway.events.at(-1) ?? {};
      assert.deepEqual([resource, queryStringParameters], ["/orders/{orderId}", { tag: "x" }]);
    }
  });

  it("does not write into an answer that is on its way", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const gateway = await deploy({
      answer: () => held.then(() => ({ ok: true, payload: { statusCode: 200 }, requestId: "r" }) as never),
    });
    const answer = spoken(
      gateway.url,
      `${head("GET /orders/1 HTTP/1.1").replace("Connection: close\r\n", "")}GET /\0 HTTP/1.1\r\n\r\n`,
    );
    assert.equal(await answer, "");
    release();
  });
});
