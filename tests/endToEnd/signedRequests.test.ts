import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { SignatureV4 } from "@smithy/signature-v4";
import type { SigningCredentials } from "../../cli/stackOutputs";
import { credentialsFor } from "../../local/lambda/accessKey";
import { Shop } from "./shop";

const ROLES = {
  acme: "arn:aws:iam::123456789012:role/clients/Acme-orders",
  globex: "arn:aws:iam::000000000000:role/globex-orders",
};
const tenants = JSON.stringify(Object.entries(ROLES).map(([name, roleArn]) => ({ name, roleArn })));
const ORDER = {
  userId: "user-1",
  items: [
    { productId: "PROD-001", qty: 2 },
    { productId: "PROD-003", qty: 1 },
  ],
  totalAmount: 109.97,
};

/** The hash that the signer of AWS's own SDK asks for. */
class Sha256 {
  private readonly hash;

  constructor(secret?: any) {
    this.hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret);
  }

  update(data: any): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

interface Sending {
  readonly as?: SigningCredentials;
  readonly service?: string;
  readonly signedAt?: Date;
  readonly headers?: Record<string, string>;
  /** Sent in the place of what was signed. */
  readonly body?: string;
}

describe("an API that takes signed requests", () => {
  let shop: Shop;
  let acme: SigningCredentials;
  let globex: SigningCredentials;

  before(async () => {
    shop = await Shop.open({
      settings: ["paymentFailurePercent=0", "apiAuthorization=IAM", `tenants=${tenants}`, "ledger=false"],
    });
    ({ acme, globex } = shop.outputs.tenantCredentials as any);
  });
  after(() => shop.close());

  async function send(method: string, path: string, order?: object, sending: Sending = {}) {
    const url = new URL(shop.outputs.apiUrl + path);
    const body = order && JSON.stringify(order);
    const { service = "execute-api", signedAt: signingDate = new Date() } = sending;
    const unsigned = {
      ...{ method, protocol: "http:", hostname: url.hostname, port: Number(url.port), path: url.pathname, body },
      query: Object.fromEntries(url.searchParams),
      headers: { host: url.host, "content-type": "application/json" } as Record<string, string>,
    };
    let headers = unsigned.headers;
    if (sending.as !== undefined) {
      const options = { credentials: sending.as, region: "eu-central-1", service, sha256: Sha256 };
      headers = (await new SignatureV4(options).sign(unsigned, { signingDate })).headers;
    }
    const answer = await fetch(url, {
      ...{ method, headers: { ...headers, ...sending.headers } },
      ...(body !== undefined && { body: sending.body ?? body }),
    });
    const text = await answer.text();
    const parsed: any = text === "" ? undefined : JSON.parse(text);
    return { status: answer.status, errorType: answer.headers.get("x-amzn-errortype"), body: parsed };
  }

  async function confirmed(orderId: string, as: SigningCredentials): Promise<any> {
    let order: any;
    await shop.until("the order is final", async () => {
      order = (await send("GET", `/orders/${orderId}`, undefined, { as })).body;
      return order.status !== "PENDING";
    });
    return order;
  }

  it("confirms an order under the tenant whose role signed, and shows it to no other", async () => {
    const { status, body } = await send("POST", "/orders", ORDER, { as: acme });
    assert.equal(status, 201, JSON.stringify(body));
    assert.equal((await confirmed(body.orderId, acme)).status, "CONFIRMED");
    assert.equal((await shop.ledger(body.orderId)).tenantId, "acme");
    const foreign = await send("GET", `/orders/${body.orderId}`, undefined, { as: globex });
    assert.deepEqual([foreign.status, foreign.body.title], [404, "There is no such order"]);
    const lists = await Promise.all(
      [acme, globex].map((as) => send("GET", "/orders?status=CONFIRMED&limit=5", undefined, { as })),
    );
    assert.deepEqual(
      lists.map((list) => list.body.orders.some(({ orderId }: any) => orderId === body.orderId)),
      [true, false],
    );
  });

  it("takes what curl signs", async () => {
    const { stdout } = await promisify(execFile)("curl", [
      ...["-s", `${shop.outputs.apiUrl}/orders`, "-H", "content-type: application/json"],
      ...[
        "--aws-sigv4",
        "aws:amz:eu-central-1:execute-api",
        "--user",
        `${globex.accessKeyId}:${globex.secretAccessKey}`,
      ],
      ...["-H", `x-amz-security-token: ${globex.sessionToken}`, "-d", JSON.stringify(ORDER)],
    ]);
    const { orderId } = JSON.parse(stdout);
    assert.ok(orderId, stdout);
    assert.equal((await shop.ledger(orderId)).tenantId, "globex");
  });

  it("checks the whole request: its path and its query too, whatever has to be encoded in them", async () => {
    for (const path of [
      "/orders?limit=2&status=CONFIRMED",
      "/orders?userId=a%20b%26c%3D%2B&limit=1",
      "/products/a%20b",
    ]) {
      const { status, body } = await send("GET", path, undefined, { as: acme });
      assert.notEqual(status, 403, `${path}: ${JSON.stringify(body)}`);
    }
  });

  const stranger = { accessKeyId: "ASIAAAAAAAAAAAAAAAAA", secretAccessKey: "x".repeat(40), sessionToken: "none" };
  const refusals: [what: string, sending: () => Sending, errorType: string, detail: RegExp][] = [
    ["without a signature", () => ({}), "MissingAuthenticationTokenException", /^The request is not signed/],
    [
      "with the header of another scheme",
      () => ({ headers: { authorization: "Bearer abc" } }),
      "IncompleteSignatureException",
      /^Authorization header requires 'Credential' parameter/,
    ],
    ["with a key of nobody's", () => ({ as: stranger }), "UnrecognizedClientException", /^The security token included/],
    [
      "with another's session token",
      () => ({ as: { ...acme, sessionToken: globex.sessionToken } }),
      "UnrecognizedClientException",
      /^The security token included/,
    ],
    [
      "with a wrong secret",
      () => ({ as: { ...acme, secretAccessKey: globex.secretAccessKey } }),
      "InvalidSignatureException",
      /^The request signature we calculated does not match/,
    ],
    [
      "with another body than was signed",
      () => ({ as: acme, body: JSON.stringify({ ...ORDER, userId: "user-2" }) }),
      "InvalidSignatureException",
      /^The request signature we calculated does not match/,
    ],
    [
      "signed for another service",
      () => ({ as: acme, service: "s3" }),
      "InvalidSignatureException",
      /^Credential should be scoped to correct service/,
    ],
    [
      "signed ten minutes ago",
      () => ({ as: acme, signedAt: new Date(Date.now() - 600_000) }),
      "InvalidSignatureException",
      /^Signature expired/,
    ],
  ];
  for (const [what, sending, errorType, detail] of refusals) {
    it(`refuses an order ${what}`, async () => {
      const answer = await send("POST", "/orders", ORDER, sending());
      assert.deepEqual([answer.status, answer.errorType, answer.body.status ?? 403], [403, errorType, 403]);
      assert.match(answer.body.detail, detail);
    });
  }

  it("refuses a role that is no tenant's, though its signature is right", async () => {
    const [role] = shop.pipeline.runtime.iam.roles;
    const answer = await send("POST", "/orders", ORDER, { as: credentialsFor(role?.arn ?? "") });
    assert.deepEqual([answer.status, answer.errorType], [403, "AccessDeniedException"]);
    assert.equal(answer.body.title, "The request is forbidden");
  });

  it("tells anybody that it is healthy, and browsers what they may send", async () => {
    assert.deepEqual((await send("GET", "/health")).body, { status: "ok" });
    assert.equal((await send("OPTIONS", "/orders")).status, 204);
  });

  it("has neither keys nor usage plans", () => {
    const types = shop.pipeline.runtime.resources.map(({ type }) => type);
    assert.deepEqual(
      types.filter((type) => /apiKey|usagePlan/.test(type)),
      [],
    );
    assert.deepEqual(shop.outputs.apiKeys, {});
    assert.deepEqual(shop.outputs["tenantRoles"], ROLES);
  });
});
