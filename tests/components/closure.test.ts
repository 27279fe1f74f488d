import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { runInThisContext } from "node:vm";
import * as pulumi from "@pulumi/pulumi";
import { type HandlerFactory, sourceOf } from "../../components/closure";

class OutOfOrder extends Error {}

function helper(): number {
  return 1;
}

/** Runs a serialised closure as Lambda would load it. */
function load(source: string): (event: unknown) => Promise<any> {
  const module = { exports: {} as { handler?: (event: unknown) => Promise<unknown> } };
  runInThisContext(`(function (exports, require) {${source}\n})`)(module.exports, require);
  return module.exports.handler!;
}

describe("sourceOf", () => {
  it("deploys what Outputs and plain values held", async () => {
    const table = pulumi.output("orders");
    const tenants = pulumi.output({ key1: "acme" });
    const tables = { payments: pulumi.output("payments") };
    const [percent, words, nothing] = [20, ["a", { b: 'quote " and __f1' }], undefined];
    const source = await sourceOf("reads", async () => {
      const named = (): string => table.get();
      return async () => [named(), tenants.get(), tables.payments.get(), percent, words, nothing];
    });

    assert.deepEqual(await load(source)({}), [
      ...["orders", { key1: "acme" }, "payments", 20],
      ...[["a", { b: 'quote " and __f1' }], undefined],
    ]);
  });

  it("makes the handler once, as soon as the module is loaded, and keeps it", async () => {
    const source = await sourceOf("counts", async () => {
      let calls = 0;
      (globalThis as any).made = ((globalThis as any).made ?? 0) + 1;
      return async () => ++calls;
    });
    const handler = load(source);

    assert.equal((globalThis as any).made, 1);
    assert.deepEqual([await handler({}), await handler({}), await handler({})], [1, 2, 3]);
    assert.equal((globalThis as any).made, 1);
  });

  it("does not wait for a value that only a deployment will know", async () => {
    const unknown = new (pulumi.Output as any)(new Set(), Promise.resolve(undefined), Promise.resolve(false));
    const source = await sourceOf("previews", async () => async () => unknown.get());

    assert.equal(await load(source)({}), undefined);
  });

  const [date, pattern, holder, lookup] = [new Date(0), /x/, { deep: { helper } }, new Map([[1, 2]])];
  const { isArray } = Array;
  const mistake = new OutOfOrder("x");
  const refused: [what: string, factory: HandlerFactory, named: string][] = [
    ["a module", async () => async () => fs.readFileSync("x"), "fs (a module)"],
    ["a function of a module", async () => async () => createHash("x"), "import_node_crypto (a module)"],
    ["a module of Pulumi", async () => async () => pulumi.output(1), "pulumi (a function)"],
    ["a function", async () => async () => helper(), "helper (the function helper)"],
    ["a function deep inside", async () => async () => holder.deep.helper(), "holder (the function helper)"],
    ["a class", async () => async () => new OutOfOrder("x"), "OutOfOrder (a class or an instance of one)"],
    ["an instance of a class", async () => async () => mistake, "mistake (the built-in Error.prototype)"],
    ["a built-in function", async () => async () => isArray([]), "isArray (the built-in Array.isArray)"],
    ["a date", async () => async () => date.getTime(), "date (the built-in Date.prototype.getTime)"],
    ["a map", async () => async () => lookup.get(1), "lookup (the built-in Map.prototype.get)"],
    ["a regular expression", async () => async () => pattern.test("x"), "pattern (a regular expression)"],
  ];
  for (const [what, factory, named] of refused) {
    it(`refuses a closure that captured ${what}`, async () => {
      await assert.rejects(sourceOf("api-create", factory), {
        message:
          `HandlerFunction "api-create": factory must capture only Outputs and plain values, not ${named}: ` +
          `a copy would be deployed in its place. Import it inside the factory, with await import("…").`,
      });
    });
  }

  it("names every captured thing that is refused", async () => {
    const factory: HandlerFactory = async () => async () => [helper(), date.getTime()];
    await assert.rejects(sourceOf("x", factory), /not helper \(the function helper\), date \(the built-in/);
  });

  it("refuses a secret, which would stand in the archive for everybody to read", async () => {
    const key = pulumi.secret("k");
    await assert.rejects(
      sourceOf("x", async () => async () => key.get()),
      { message: 'HandlerFunction "x": factory cannot be deployed: Secret outputs cannot be captured by a closure.' },
    );
  });
});
