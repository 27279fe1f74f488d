import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ORDER_VIEW_EXAMPLE, PRODUCT_EXAMPLE } from "../../../contracts/api/examples";
import { problemExample } from "../../../contracts/api/problemExamples";
import { Fuzzer, type FuzzReport } from "../../../simulation/fuzz/fuzzer";

const cursor = Buffer.from('["PROD-001","hash"]').toString("base64url");

/** An API that is right to newcomers, fails for every product, and stores an order that nobody placed. */
function answer(method: string, path: string): [status: number, body: object] {
  if (method === "POST" && path === "/orders") return [201, { ...ORDER_VIEW_EXAMPLE, orderId: "order-1" }];
  if (path.startsWith("/products/")) return [500, problemExample("internal-fault")];
  if (path.startsWith("/products")) {
    return [200, { products: [PRODUCT_EXAMPLE, { ...PRODUCT_EXAMPLE, inStock: false }], nextCursor: cursor }];
  }
  if (path.startsWith("/orders?")) return [200, { orders: [], nextCursor: cursor }];
  return path.startsWith("/orders/") ? [200, ORDER_VIEW_EXAMPLE] : [404, problemExample("no-such-operation")];
}

describe("the fuzzer", () => {
  let server: Server;
  before(async () => {
    server = createServer((incoming, outgoing) => {
      const [status, body] = answer(incoming.method ?? "", incoming.url ?? "");
      outgoing.writeHead(status, { "content-type": "application/json", etag: '"1"' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  after(() => server.close());

  const stored = new Map([["order-2", { orderId: "order-2" }]]);
  const run = (numbers: readonly number[]): Promise<FuzzReport> => {
    let reads = 0;
    const target = {
      apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      apiKeys: { acme: "k".repeat(40), globex: "g".repeat(40) },
      orders: async () => (reads++ === 0 ? new Map() : stored),
    };
    return new Fuzzer(target, { seed: 3, numbers, atOnce: 4, untilFinal: true }).run();
  };
  const fault = ({ findings }: FuzzReport) =>
    findings.find(({ about, rule }) => about === "getProduct" && rule === "no fault") ?? assert.fail();

  it("makes a finding as small as it goes, and finds the same in that one request", async () => {
    const report = await run(Array.from({ length: 200 }, (_, number) => number));
    const { number, sending, sentence, answer: answered } = fault(report);
    assert.deepEqual([sentence, answered?.status], ["the answer is 500", 500]);
    assert.ok("request" in sending);
    const { method, target, headers, body } = sending.request;
    assert.deepEqual([method, target, headers.length, body], ["GET", "/products/PROD-001", 1, undefined]);
    assert.deepEqual(fault(await run([number])).sending, sending);
    assert.match(report.stored.join(), /order order-2 is stored, and no 201 named it/);
  });
});
