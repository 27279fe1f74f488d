import assert from "node:assert/strict";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient, ListEventSourceMappingsCommand, UpdateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { awsConnection } from "../../cli/awsConnection";
import { orderRecord } from "../../contracts/orderRecord";
import { anOrder } from "../contracts/anOrder";
import { Shop } from "./shop";

const A_HUB = { userId: "user-123", items: [{ productId: "PROD-003", qty: 1 }] };

describe("what the API answers to GET", () => {
  let shop: Shop;
  let client: DynamoDBClient;
  let tables: DynamoDBDocumentClient;
  let foreign: Record<string, string>;
  before(async () => {
    shop = await Shop.open();
    client = new DynamoDBClient(awsConnection(shop.outputs));
    tables = DynamoDBDocumentClient.from(client);
    foreign = { "x-api-key": shop.outputs.apiKeys["globex"] ?? "" };
  });
  after(() => {
    client.destroy();
    return shop.close();
  });

  const get = (path: string, headers: Record<string, string> = {}) => shop.request("GET", path, undefined, headers);
  const ids = (body: any): string[] => body.orders.map(({ orderId }: { orderId: string }) => orderId);
  const pointers = async (path: string): Promise<string[]> => {
    const { status, body } = await get(path);
    assert.deepEqual([status, body.type], [400, "urn:orderflow:problem:invalid-request"], path);
    return body.errors.map(({ pointer }: { pointer: string }) => pointer);
  };

  it("is an order with its tag, then 304 without a body until the order changes", async () => {
    const orderId = await shop.accepted(A_HUB);
    await shop.final(orderId);
    const path = `/orders/${orderId}`;
    const first = await get(path);
    const tag = first.headers.get("etag") ?? assert.fail();
    assert.equal(tag, `"${first.body.version}"`);
    assert.equal(first.headers.get("cache-control"), "private, no-cache");

    for (const known of [tag, `W/${tag}`, `"0", ${tag}`, "*"]) {
      const { status, body, headers } = await get(path, { "if-none-match": known });
      assert.deepEqual([status, body], [304, undefined], known);
      assert.deepEqual(
        ["etag", "cache-control", "content-type", "content-length"].map((name) => headers.get(name)),
        [tag, "private, no-cache", null, null],
      );
      assert.equal(headers.get("access-control-allow-origin"), "*");
    }
    assert.equal((await get(path, { "if-none-match": '"0"' })).status, 200);
    assert.equal((await get(path, { ...foreign, "if-none-match": "*" })).status, 404);
  });

  it("is a user's or a status's orders of the caller's tenant alone, each as it is shown by itself", async () => {
    const mine = await shop.accepted({ ...A_HUB, userId: "shared" });
    const theirs = await shop.accepted({ ...A_HUB, userId: "shared" }, foreign);
    const order = await shop.final(mine);

    const { status, body, headers } = await get("/orders?userId=shared");
    assert.deepEqual([status, body], [200, { orders: [order] }]);
    assert.equal(headers.get("cache-control"), "private, no-cache");
    assert.deepEqual(ids((await get("/orders?userId=shared", foreign)).body), [theirs]);
    const confirmed = ids((await get("/orders?status=CONFIRMED&limit=100")).body);
    assert.ok(confirmed.includes(mine) && !confirmed.includes(theirs));
    for (const userId of ["globex#shared", "#globex#shared"]) {
      const { body: none } = await get(`/orders?userId=${encodeURIComponent(userId)}`);
      assert.deepEqual(none, { orders: [] });
    }
    assert.equal((await get(`/orders/${theirs}`)).status, 404);
    assert.equal((await get(`/orders/${mine}`, foreign)).status, 404);
  });

  it("refuses a cursor that is another tenant's or another list's", async () => {
    for (let n = 0; n < 2; n++) await shop.accepted({ ...A_HUB, userId: "both" });
    for (let n = 0; n < 2; n++) await shop.accepted({ ...A_HUB, userId: "both" }, foreign);
    const { body: theirs } = await get("/orders?userId=both&limit=1", foreign);
    const { body: mine } = await get("/orders?userId=both&limit=1");
    const at = (cursor: string) => `cursor=${encodeURIComponent(cursor)}`;
    assert.equal((await get(`/orders?userId=both&${at(mine.nextCursor)}`)).status, 200);
    for (const list of ["/orders?userId=both", "/orders?userId=other", "/orders?status=PENDING", "/products?limit=5"]) {
      assert.deepEqual(await pointers(`${list}&${at(theirs.nextCursor)}`), ["/query/cursor"], list);
    }
  });

  it("names every mistake in a query, and lists nothing without a filter", async () => {
    assert.deepEqual(await pointers("/orders"), ["/query"]);
    assert.deepEqual(await pointers("/orders?userId=a&status=FAILED"), ["/query"]);
    assert.deepEqual(await pointers("/orders?userId=a&limit=1&limit=2"), ["/query/limit"]);
    const wrong = "/orders?userid=a&status=open&limit=101&cursor=x&__proto__=1";
    const expected = ["userid", "status", "limit", "__proto__"].map((name) => `/query/${name}`);
    assert.deepEqual((await pointers(wrong)).sort(), expected.sort());
    assert.deepEqual(await pointers("/products?limit=0&q=mouse"), ["/query/limit", "/query/q"]);
  });

  it("is the catalogue, page by page or product by product, the same for every tenant", async () => {
    const products: any[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined;) {
      const { body } = await get(`/products?limit=4${cursor && `&cursor=${cursor}`}`);
      products.push(...body.products);
      cursor = body.nextCursor;
    }
    assert.equal(new Set(products.map(({ productId }) => productId)).size, products.length);
    const mouse = products.find(({ productId }) => productId === "PROD-001");
    assert.deepEqual(mouse, {
      ...{ productId: "PROD-001", name: "Wireless Mouse", price: 29.99, currency: "EUR" },
      ...{ category: "Electronics", inStock: true },
    });
    assert.equal(products.find(({ productId }) => productId === "PROD-011").inStock, false);
    for (const headers of [{}, foreign]) {
      const one = await get("/products/PROD-001", headers);
      assert.deepEqual([one.body, one.headers.get("cache-control")], [mouse, "private, max-age=5"]);
    }
  });

  it("is a product also where its id must be encoded in a path, and 404 where there is none", async () => {
    const productId = "ä/ö #1%20?+";
    const Item = { productId, name: "Odd", priceMinor: 1_050, stock: 1 };
    await tables.send(new PutCommand({ TableName: shop.outputs.inventoryTable, Item }));
    const { status, body } = await get(`/products/${encodeURIComponent(productId)}`);
    assert.deepEqual([status, body.productId, body.price], [200, productId, 10.5]);
    for (const none of ["PROD-404", "%25", "x".repeat(65), encodeURIComponent(encodeURIComponent(productId))]) {
      const answer = await get(`/products/${none}`);
      assert.deepEqual([answer.status, answer.body.type], [404, "urn:orderflow:problem:product-not-found"], none);
    }
  });

  it("is nothing to a caller without a key", async () => {
    for (const path of ["/orders/x", "/orders?userId=a", "/products", "/products/PROD-001"]) {
      assert.equal((await get(path, { "x-api-key": "" })).status, 403, path);
    }
  });

  it("pages through 500 orders of a user and shows each once, newest first, while new ones arrive", async () => {
    // What becomes of the orders is not asked here; 500 sagas at once would only take the time of the test.
    await restOutbox();
    const old = Array.from({ length: 500 }, (_, n) =>
      anOrder({
        orderId: `00000000-0000-5000-8000-${String(n).padStart(12, "0")}`,
        userId: "regular",
        // Three of them share each millisecond, and ids come in another order than times.
        createdAt: new Date(Date.UTC(2024, 0, 1) + Math.floor(((n * 7) % 500) / 3)).toISOString(),
        ...({ status: "CONFIRMED", stage: "CONFIRMED" } as const),
      }),
    );
    for (let from = 0; from < old.length; from += 25) {
      const writes = old.slice(from, from + 25).map((order) => ({ PutRequest: { Item: orderRecord(order) } }));
      await tables.send(new BatchWriteCommand({ RequestItems: { [shop.outputs.ordersTable]: writes } }));
    }

    const seen: any[] = [];
    const arrived: Promise<string>[] = [];
    const sizes: number[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined;) {
      const { status, body } = await get(`/orders?userId=regular&limit=50${cursor && `&cursor=${cursor}`}`);
      assert.equal(status, 200, JSON.stringify(body));
      arrived.push(shop.accepted({ ...A_HUB, userId: "regular" }));
      seen.push(...body.orders);
      sizes.push(body.orders.length);
      cursor = body.nextCursor;
    }
    const newest = await Promise.all(arrived);
    const createdAt = seen.map((order) => order.createdAt as string);
    assert.deepEqual(createdAt, createdAt.toSorted().reverse());
    assert.deepEqual(ids({ orders: seen }).sort(), old.map(({ orderId }) => orderId).sort());
    assert.deepEqual(sizes, Array<number>(10).fill(50));

    const newer = ids((await get("/orders?userId=regular&limit=10")).body);
    assert.deepEqual(newer.sort(), newest.sort());
  });

  /** Stops the relay of orders' changes, for good. */
  async function restOutbox(): Promise<void> {
    const lambda = new LambdaClient(awsConnection(shop.outputs));
    const { publishEvents: FunctionName } = shop.outputs["functionNames"] as { publishEvents: string };
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
    assert.equal(EventSourceMappings.length, 1);
    for (const { UUID } of EventSourceMappings) {
      await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
    }
    lambda.destroy();
  }
});
