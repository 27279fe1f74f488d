import assert from "node:assert/strict";
import { AwsError } from "../../../local/awsError";
import { Endpoint } from "../../../local/endpoint/endpoint";
import type { LocalService, Operation } from "../../../local/service";

function service(name: string, prefix: string, operations: Record<string, Operation>): LocalService {
  const nothing = (): Promise<void> => Promise.resolve();
  return { name, kinds: [], targetPrefixes: [prefix], operations, realise: nothing, start: nothing, stop: nothing };
}

describe("Endpoint", () => {
  const endpoint = new Endpoint();
  let url: string;

  before(async () => {
    url = `http://127.0.0.1:${await endpoint.listen(0)}`;
  });
  after(() => endpoint.close());

  const signed =
    "AWS4-HMAC-SHA256 Credential=AKIDROLE/20260101/eu-west-1/sts/aws4_request, SignedHeaders=a, Signature=b";

  function post(headers: Record<string, string>, body: string, path = "/"): Promise<Response> {
    return fetch(`${url}${path}`, { method: "POST", headers: { authorization: signed, ...headers }, body });
  }

  it("answers 503 until the services are there", async () => {
    const answer = await post({ "x-amz-target": "Fruit.Eat" }, "{}");
    assert.equal(answer.status, 503);
    assert.equal(((await answer.json()) as { __type: string }).__type, "ServiceUnavailable");
  });

  describe("with services", () => {
    before(() => {
      endpoint.open({
        services: [
          service("fruit", "Fruit", {
            Eat: async (input, call) => ({ ...input, action: call.action, role: call.caller.roleArn }),
            Refuse: async () => {
              throw new AwsError("TooRipe", "It is too ripe.", 400, { Days: 9 });
            },
            Break: async () => {
              throw new TypeError("undefined is not a fruit");
            },
          }),
          service("sts", "None", { GetCallerIdentity: async () => ({ Arn: "arn:<you>", List: ["a", "b"] }) }),
        ],
        forwarders: [],
        restOperations: [
          {
            action: "lambda:Invoke",
            method: "POST",
            path: /^\/functions\/(?<name>[^/]+)\/invocations$/,
            handle: async ({ parameters, body }) => ({
              status: 202,
              headers: { "x-more": "yes" },
              body: { name: parameters["name"], body: body.toString() },
            }),
          },
        ],
        rawServices: [
          {
            signingName: "meat",
            refuse: ({ name, status }) => ({ status, headers: {}, body: `no: ${name}` }),
            permissionsOf: () => [{ action: "meat:Grill", resource: "*" }],
            async handle({ method, url: path, headers, body }, { action, caller }) {
              if (path === "/burnt") throw new AwsError("Burnt", "It is burnt.", 418);
              const told = [method, path, headers["x-more"] ?? "", body.toString(), action, caller.roleArn ?? ""];
              return { status: 201, headers: { "x-served": "yes" }, body: JSON.stringify(told) };
            },
          },
        ],
        roleOf: (key) => (key === "AKIDROLE" ? "arn:aws:iam::0:role/cook" : undefined),
        now: () => Date.UTC(2030, 0, 1),
      });
    });

    it("dates its answers by the clock of the callers, errors included", async () => {
      for (const target of ["Fruit.Eat", "Fruit.Refuse"]) {
        const { headers } = await post({ "x-amz-target": target }, "{}");
        assert.equal(headers.get("date"), "Tue, 01 Jan 2030 00:00:00 GMT", target);
      }
    });

    it("finds the operation behind X-Amz-Target, and the role behind the signature", async () => {
      const answer = await post(
        { "x-amz-target": "Fruit.Eat", "content-type": "application/x-amz-json-1.1" },
        '{"a":1}',
      );
      assert.equal(answer.headers.get("content-type"), "application/x-amz-json-1.1");
      assert.deepEqual(await answer.json(), { a: 1, action: "fruit:Eat", role: "arn:aws:iam::0:role/cook" });
    });

    it("shows an error in the shape that SDKs turn into an exception", async () => {
      const answer = await post({ "x-amz-target": "Fruit.Refuse" }, "{}");
      assert.equal(answer.status, 400);
      assert.equal(answer.headers.get("x-amzn-errortype"), "TooRipe");
      const document = (await answer.json()) as Record<string, unknown>;
      assert.deepEqual([document["__type"], document["message"], document["Days"]], ["TooRipe", "It is too ripe.", 9]);
    });

    it("names the operation and the service that it does not have", async () => {
      for (const [target, text] of [
        ["Fruit.Peel", 'fruit has no operation "Peel" here.'],
        ["Meat.Eat", 'The endpoint has no service behind "Meat".'],
      ] as const) {
        const answer = await post({ "x-amz-target": target }, "{}");
        assert.equal(answer.headers.get("x-amzn-errortype"), "UnknownOperationException");
        assert.equal(((await answer.json()) as { message: string }).message, text);
      }
    });

    it("shows a fault of its own as a 500 of the service, which SDKs retry", async () => {
      assert.equal((await post({ "x-amz-target": "Fruit.Break" }, "{}")).status, 500);
    });

    it("refuses a body that is not JSON", async () => {
      const answer = await post({ "x-amz-target": "Fruit.Eat" }, "{");
      assert.equal(answer.headers.get("x-amzn-errortype"), "SerializationException");
    });

    it("answers the query protocol in XML, escaped", async () => {
      const body = "Action=GetCallerIdentity&Version=2011-06-15";
      const answer = await post({ "content-type": "application/x-www-form-urlencoded" }, body);
      const text = await answer.text();
      assert.match(text, /<GetCallerIdentityResult><Arn>arn:&#60;you&#62;<\/Arn><List><member>a<\/member>/);
    });

    const forMeat = signed.replace("/sts/", "/meat/");

    it("hands requests that are signed for a raw service on as they are, before it looks at their path", async () => {
      const path = "/functions/a%2Fb/invocations?x=%20";
      const answer = await post({ authorization: forMeat, "x-more": "m" }, "hello", path);
      assert.deepEqual([answer.status, answer.headers.get("x-served")], [201, "yes"]);
      const told = ["POST", path, "m", "hello", "meat:Grill", "arn:aws:iam::0:role/cook"];
      assert.deepEqual(await answer.json(), told);
    });

    it("knows the service of a presigned URL", async () => {
      const credential = encodeURIComponent("AKIDROLE/20260101/eu-west-1/meat/aws4_request");
      const answer = await fetch(`${url}/steak?X-Amz-Credential=${credential}`);
      assert.equal(answer.status, 201);
    });

    it("lets a raw service word its own errors", async () => {
      const answer = await post({ authorization: forMeat }, "", "/burnt");
      assert.equal(answer.status, 418);
      assert.match(await answer.text(), /^no: Burnt$/);
    });

    it("routes REST operations by path and passes their status and headers on", async () => {
      const answer = await post({}, "hello", "/functions/cook%20book/invocations");
      assert.deepEqual([answer.status, answer.headers.get("x-more")], [202, "yes"]);
      assert.deepEqual(await answer.json(), { name: "cook book", body: "hello" });
    });
  });
});
