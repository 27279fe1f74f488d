import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DeleteTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { awsConnection } from "../../cli/awsConnection";
import { restOutbox } from "../../cli/fuzz/target";
import { OPERATIONS, type Operation, type OperationId } from "../../contracts/operations";
import { PROBLEM_KINDS, type ProblemKind } from "../../contracts/problems";
import { DocumentedApi } from "../../simulation/fuzz/documentedApi";
import type { Header, WireAnswer, WireRequest } from "../../simulation/fuzz/exchange";
import { kindOf, problemMistakes } from "../../simulation/fuzz/problemMistakes";
import { Wire } from "../../simulation/fuzz/wire";
import { Shop } from "./shop";

const documented = new DocumentedApi(
  JSON.parse(readFileSync(join(__dirname, "..", "..", "docs", "openapi.json"), "utf8")),
);

/** An answer that the document has: its operation, its status, and the kind of a problem. */
type Entry = `${string} ${number} ${string}`;

/** What cannot be made to happen on one machine. Everything else in the document is made to happen below. */
const UNPROVOKABLE: readonly (readonly [entries: RegExp, reason: string])[] = [
  [/ 403 forbidden$/, "only AWS WAF and resource policies deny access, and neither has a stand-in"],
  [/ 504 no-answer$/, "functions end after 15 s, which is a 502, long before the gateway has waited its 29 s"],
  [/^reportOrders 502 /, "the function makes no call of AWS at which it could be killed"],
  [/^reportOrders 50[03] /, "the ledger's database cannot be taken away from a pipeline that goes on"],
];

const ORDER = { userId: "user-42", items: [{ productId: "PROD-001", qty: 2 }], totalAmount: 59.98 };
const TENANTS = [
  "acme",
  "hasty",
  { name: "slow", burst: 1, ratePerSecond: 1 },
  { name: "metered", requestsPerMonth: 1 },
];
const LIMITS = ["tenantRequestBurst=150", "tenantRequestsPerSecond=1", "throttleBurst=300", "throttleRate=1"];
const ids = Object.keys(OPERATIONS) as OperationId[];
const forTenants = ids.filter((id) => OPERATIONS[id].access === "tenant");

describe("the API's document", () => {
  const seen = new Set<Entry>();
  let shop: Shop;
  let wire: Wire;
  let orderId: string;

  before(async function () {
    this.timeout(180_000);
    const settings = [`tenants=${JSON.stringify(TENANTS)}`, ...LIMITS, "backPressureDepth=5", "ledger=true"];
    shop = await Shop.open({ settings: ["paymentFailurePercent=0", "finalWithinSeconds=86400", ...settings] });
    wire = new Wire(shop.outputs.apiUrl, 8);
  });
  after(async () => {
    wire.close();
    await shop.close();
  });

  afterEach(() => shop.pipeline.runtime.faults.clear());

  const keyOf = (tenant: string): Header => ["x-api-key", shop.outputs.apiKeys[tenant] ?? ""];
  const target = (id: OperationId): string => {
    const names = { getOrder: orderId, getOrderEvents: orderId, getProduct: "PROD-001" } as Partial<
      Record<string, string>
    >;
    const queries = { listOrders: "?userId=user-42", reportOrders: "?from=2026-01-01&to=2026-12-31" };
    return (
      OPERATIONS[id].path.replace(/\{\w+\}/, names[id] ?? "") + ((queries as Partial<Record<string, string>>)[id] ?? "")
    );
  };
  /** Asks for an operation rightly, but for what is laid over the request. */
  const ask = (
    id: OperationId,
    over: Partial<WireRequest> = {},
    tenant: string | undefined = "acme",
  ): Promise<WireAnswer> => {
    const { method, body }: Operation = OPERATIONS[id];
    const json = body === undefined ? {} : { body: Buffer.from(JSON.stringify(ORDER)) };
    const type: Header[] = body === undefined ? [] : [["content-type", "application/json"]];
    const headers = [...(tenant === "" ? [] : [keyOf(tenant)]), ...type, ...(over.headers ?? [])];
    return wire.send({ method, target: target(id), ...json, ...over, headers });
  };
  const order = (over: object): { body: Buffer } => ({ body: Buffer.from(JSON.stringify({ ...ORDER, ...over })) });

  /** An answer must be just what the document says of it; it then counts as seen. */
  function isDocumented(id: OperationId, answer: WireAnswer, expected: `${number} ${ProblemKind | "ok"}`): void {
    const kind = kindOf(answer);
    assert.equal(`${answer.status} ${kind ?? "ok"}`, expected, `${id} ${answer.body.toString("utf8")}`);
    assert.deepEqual(documented.named(id).mistakesIn(answer), []);
    if (answer.status >= 400) {
      assert.deepEqual(problemMistakes(answer, documented), []);
      assert.ok(
        documented
          .named(id)
          .kindsOf(answer.status)
          .includes(kind ?? ""),
        `${id} ${expected}`,
      );
    }
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    seen.add(`${id} ${expected}`);
  }
  const expected = (kind: ProblemKind): `${number} ${ProblemKind}` => `${PROBLEM_KINDS[kind][0]} ${kind}`;
  /** The gateway counts time; the first answers after a limit was used up may find a little of it again. */
  async function untilRefused(id: OperationId, tenant: string, status: number): Promise<WireAnswer> {
    for (let tries = 0; tries < 400; tries++) {
      const answer = await ask(id, {}, tenant);
      if (answer.status === status) return answer;
    }
    return assert.fail(`${id} is not refused with ${status}.`);
  }

  it("is right about every answer that says yes", async () => {
    const accepted = await ask("createOrder");
    isDocumented("createOrder", accepted, "201 ok");
    orderId = JSON.parse(accepted.body.toString("utf8")).orderId;
    await shop.until("the order is final", async () => (await shop.ledger(orderId)).stage === "CONFIRMED", 60_000);
    for (const id of ids) if (id !== "createOrder") isDocumented(id, await ask(id), "200 ok");
    isDocumented("getOrder", await ask("getOrder", { headers: [["If-None-Match", "*"]] }), "304 ok");
  }).timeout(120_000);

  it("is right about requests that are wrong", async () => {
    const wrong: [OperationId, Partial<WireRequest>, ProblemKind][] = [
      ["createOrder", order({ items: [] }), "invalid-request"],
      ["createOrder", { body: Buffer.from("[]") }, "invalid-request"],
      ["createOrder", { headers: [["Content-Type", "text/plain"]] }, "unsupported-media-type"],
      ["createOrder", order({ items: [{ productId: "PROD-999", qty: 1 }] }), "unknown-product"],
      ["createOrder", order({ totalAmount: 1 }), "total-mismatch"],
      ["listOrders", { target: "/orders" }, "invalid-request"],
      ["listProducts", { target: "/products?limit=0" }, "invalid-request"],
      ["reportOrders", { target: "/reports/orders?from=2026-02-31&to=2026-03-01" }, "invalid-request"],
      ["reportOrders", { target: "/reports/orders" }, "invalid-request"],
      ["getOrder", { target: "/orders/none" }, "order-not-found"],
      ["getOrderEvents", { target: "/orders/none/events" }, "order-not-found"],
      ["getProduct", { target: "/products/none" }, "product-not-found"],
      ["health", { headers: [["Content-Type", "text/plain"]] }, "unsupported-media-type"],
    ];
    for (const [id, over, kind] of wrong) isDocumented(id, await ask(id, over), expected(kind));
    const keyed = (over: object) => ask("createOrder", { ...order(over), headers: [["Idempotency-Key", "one"]] });
    isDocumented("createOrder", await keyed({}), "201 ok");
    isDocumented("createOrder", await keyed({}), "201 ok");
    isDocumented("createOrder", await keyed({ userId: "another" }), expected("idempotency-key-reused"));
    for (const id of forTenants) isDocumented(id, await ask(id, {}, ""), expected("unknown-caller"));
  });

  it("is right about limits", async () => {
    isDocumented("createOrder", await untilRefused("createOrder", "slow", 429), expected("rate-limited"));
    const [first = "createOrder", ...others] = forTenants;
    isDocumented(first, await untilRefused(first, "metered", 429), expected("quota-exceeded"));
    for (const id of others) isDocumented(id, await ask(id, {}, "metered"), expected("quota-exceeded"));
    // The gateway itself refuses these, after it has counted them.
    const useUp = () => ask("createOrder", { body: Buffer.from("[]") }, "hasty");
    while ((await useUp()).status === 400);
    for (const id of forTenants) isDocumented(id, await untilRefused(id, "hasty", 429), expected("too-many-requests"));
    isDocumented("health", await untilRefused("health", "", 429), expected("too-many-requests"));
  }).timeout(60_000);

  it("is right about days on which something is away or breaks off", async () => {
    await restOutbox(shop.outputs);
    const { faults } = shop.pipeline.runtime;
    const troubled = forTenants.filter((id) => id !== "reportOrders");
    const release = faults.away({ service: "dynamodb", fromMs: 0, untilMs: Infinity });
    for (const id of troubled) isDocumented(id, await ask(id), expected("unavailable"));
    release();
    faults.set({ seed: 1, rates: { killWorker: 1 }, only: { roles: ["createOrder", "answerQueries"].map(roleOf) } });
    for (const id of troubled) isDocumented(id, await ask(id), "502 internal-fault");
    faults.clear();
  }).timeout(120_000);

  it("is right about faults of the service, and about orders while too many wait", async () => {
    const client = new DynamoDBClient(awsConnection(shop.outputs));
    for (const TableName of [
      shop.outputs.ordersTable,
      shop.outputs.inventoryTable,
      String(shop.outputs["rateLimitsTable"]),
    ]) {
      await client.send(new DeleteTableCommand({ TableName }));
    }
    client.destroy();
    for (const id of forTenants) if (id !== "reportOrders") isDocumented(id, await ask(id), expected("internal-fault"));
    const sqs = new SQSClient(awsConnection(shop.outputs));
    const send = { QueueUrl: shop.outputs.orderQueueUrl, MessageBody: '{"no":"order"}' };
    await Promise.all(Array.from({ length: 8 }, () => sqs.send(new SendMessageCommand(send))));
    sqs.destroy();
    await shop.pipeline.runtime.clock.sleep(1_000);
    isDocumented("createOrder", await ask("createOrder"), expected("overloaded"));
  }).timeout(60_000);

  it("has no answer that was not seen, but those of which it is said why", () => {
    const entries = documented.operations.flatMap(({ id, statuses }) =>
      statuses.flatMap((status): Entry[] => {
        const kinds = documented.named(id).kindsOf(status);
        return (kinds.length > 0 ? kinds : ["ok"]).map((kind): Entry => `${id} ${status} ${kind}`);
      }),
    );
    const isExcused = (entry: Entry): boolean => UNPROVOKABLE.some(([pattern]) => pattern.test(entry));
    assert.deepEqual(
      entries.filter((entry) => !seen.has(entry) && !isExcused(entry)),
      [],
    );
    assert.deepEqual(
      [...seen].filter((entry) => !entries.includes(entry) || isExcused(entry)),
      [],
    );
    for (const [pattern] of UNPROVOKABLE)
      assert.ok(
        entries.some((entry) => pattern.test(entry)),
        String(pattern),
      );
  });

  function roleOf(service: string): string {
    const found = shop.pipeline.runtime.resources.find(
      ({ type, outputs }) => type === "aws:lambda/function:Function" && String(outputs["name"]).endsWith(`-${service}`),
    );
    return String(found?.inputs["role"]);
  }
});
