import assert from "node:assert/strict";
import type { Registrations } from "../../local/registrations";
import type { Resource } from "../../local/resource";
import type { Mutation } from "./mutation";
import { MUTATIONS, SECOND_MUTATIONS } from "./mutations/mutations";
import { prod } from "./realProgram";
import { pack } from "./sharedPack";

describe("the real program, mutated", function () {
  this.timeout(240_000);
  let whole: Registrations;
  before(async () => {
    whole = await prod();
  });

  /** What is found when all mutations are made at once must be exactly what they break. */
  async function compare(mutations: readonly Mutation[]): Promise<void> {
    const resources = mutations.reduce<readonly Resource[]>((made, { apply }) => apply(made), whole.resources);
    const { violations } = await (await pack()).judge(resources, { config: whole.config });
    const found = violations
      .filter(({ level }) => level === "mandatory")
      .map(({ rule, urn }) => `${rule}: ${urn?.split("::").at(-1) ?? "the stack"}`);
    const broken = mutations.flatMap(({ rule, breaks }) => breaks.map((name) => `${rule}: ${name}`));
    assert.deepEqual([...new Set(found)].sort(), [...new Set(broken)].sort());
  }

  it("is mutated at forty places and more", () => {
    const places = MUTATIONS.map(({ at }) => at);
    assert.equal(new Set(places).size, places.length);
    assert.ok(places.length >= 40, `${places.length}`);
  });

  it("breaks nothing as it is", () => compare([]));

  it("breaks the rule that is meant for each mutation, and no other", () => compare(MUTATIONS));

  it("does so where a place is mutated in another way", () => compare(SECOND_MUTATIONS));

  it("breaks every rule that can be broken by it", async () => {
    const broken = new Set([...MUTATIONS, ...SECOND_MUTATIONS].map(({ rule }) => rule));
    const rules = (await pack()).face.rules.filter(({ level }) => level === "mandatory").map(({ name }) => name);
    assert.deepEqual(
      rules.filter((rule) => !broken.has(rule)),
      // Consumers are bounded twice in prod, the bucket is excused, and the last two are kept by the stack's configuration,
      // which wholeStacks.ts changes.
      ["queue-consumer-is-bounded", "bucket-logs-access", "resources-are-tagged", "production-names-its-account"],
    );
  });
});
