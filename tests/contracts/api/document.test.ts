import assert from "node:assert/strict";
import { apiDocument } from "../../../contracts/api/document";
import { documentedOperation, sharedParameters } from "../../../contracts/api/documentedOperation";
import { CORS_HEADERS } from "../../../contracts/http";
import { ANSWER_HEADERS, GATEWAY_PROBLEMS, OPERATIONS, type Operation } from "../../../contracts/operations";
import { PROBLEM_KINDS, problemType, type ProblemKind } from "../../../contracts/problems";

const document = JSON.parse(JSON.stringify(apiDocument()));
const operations = Object.entries<Operation>(OPERATIONS);
const shown = ({ path, method }: Operation): any => document.paths[path][method.toLowerCase()];
const resolved = ({ $ref }: { $ref: string }): any =>
  $ref
    .slice(2)
    .split("/")
    .reduce((part: any, key) => part[key] ?? assert.fail(`${$ref} refers to nothing`), document);

describe("the API's document for people", () => {
  it("has every operation at its path and method, and nothing else", () => {
    const ids = Object.values<object>(document.paths).flatMap((item) =>
      Object.values<any>(item).map(({ operationId }) => operationId),
    );
    assert.deepEqual(ids.sort(), Object.keys(OPERATIONS).sort());
    for (const [id, operation] of operations) assert.equal(shown(operation).operationId, id);
  });

  it("says nothing of the gateway behind it", () => {
    assert.doesNotMatch(JSON.stringify(document), /x-amazon|\$context/);
  });

  it("shows every problem of an operation under its status, by kind, with a document as the API sends it", () => {
    for (const [id, operation] of operations) {
      const kinds = [...operation.problems, ...(operation.access === "tenant" ? GATEWAY_PROBLEMS : [])];
      for (const kind of kinds) {
        const [status, title] = PROBLEM_KINDS[kind];
        const { description, content } = shown(operation).responses[status];
        assert.ok(description.includes(`\`${kind}\`: ${title}.`), `${id} ${kind}`);
        const { examples } = content["application/problem+json"];
        const name = Object.hasOwn(examples, kind) ? kind : "invalid-query";
        const { type, status: said } = resolved(examples[name]).value;
        assert.deepEqual([type, said], [problemType(kind), status], `${id} ${kind}`);
      }
    }
  });

  it("shows a kind also under the other statuses that it has, with a document that says none", () => {
    const { description, content } = shown(OPERATIONS.getOrder).responses[502];
    assert.equal(description, "`internal-fault`: The service failed.");
    const { type, status } = resolved(content["application/problem+json"].examples["internal-fault"]).value;
    assert.deepEqual([type, status], [problemType("internal-fault"), undefined]);
  });

  it("shows of the gateway's problems none to callers without a key but those that the operation names", () => {
    assert.deepEqual(Object.keys(shown(OPERATIONS.health).responses), ["200", "415", "429"]);
  });

  it("asks for a key wherever a tenant is needed", () => {
    for (const [id, operation] of operations) {
      assert.deepEqual(shown(operation).security, operation.access === "tenant" ? [{ apiKey: [] }] : [], id);
    }
  });

  it("says when to come back wherever waiting helps, and not where it does not", () => {
    const retried = (kind: ProblemKind): boolean => {
      const operation: Operation = { ...OPERATIONS.health, problems: [kind] };
      const { responses } = documentedOperation("any", operation) as any;
      return "Retry-After" in responses[PROBLEM_KINDS[kind][0]].headers;
    };
    const kinds = Object.keys(PROBLEM_KINDS) as ProblemKind[];
    const waiting = ["rate-limited", "too-many-requests", "unavailable", "overloaded", "no-answer"];
    assert.deepEqual(kinds.filter(retried), waiting);
  });

  it("shows a shape that stands within another once", () => {
    assert.deepEqual(document.components.schemas.OrderList.properties.orders.items, {
      $ref: "#/components/schemas/OrderView",
    });
  });

  it("names only headers that a page of another origin may read", () => {
    const readable = (CORS_HEADERS["Access-Control-Expose-Headers"] ?? "").split(", ");
    // https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
    const always = ["Cache-Control"];
    assert.deepEqual(
      Object.keys(ANSWER_HEADERS).filter((name) => !readable.includes(name) && !always.includes(name)),
      [],
    );
  });

  it("refuses two operations that mean different things by one parameter", () => {
    const limit = OPERATIONS.listProducts.parameters[0] ?? assert.fail();
    const other: Operation = { ...OPERATIONS.health, parameters: [{ ...limit, schema: { type: "string" } }] };
    assert.throws(() => sharedParameters([OPERATIONS.listProducts, other]), /different things by the parameter limit/);
  });
});
