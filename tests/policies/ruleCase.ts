import assert from "node:assert/strict";
import type { Resource } from "../../local/resource";
import { pack, type JudgedWith } from "./sharedPack";

/** What a rule says of resources. */
export interface RuleCase {
  /** Resources that keep the rule; it must have looked at one of them. */
  readonly keeps?: readonly Resource[];
  /** Resources that break it, by a sentence that it says of them. */
  readonly breaks?: Readonly<Record<string, readonly Resource[]>>;
  /** Resources that it must pass over. */
  readonly ignores?: readonly Resource[];
  /** What the stack and the rule are told. */
  readonly with?: JudgedWith;
}

/** What was described of each rule. */
export const described = new Map<string, Set<keyof RuleCase>>();

/** Asks the pack about each part of a rule's case. Every other rule is off. */
export function describeRule(name: string, { keeps, breaks = {}, ignores, with: told = {} }: RuleCase): void {
  const parts = described.get(name) ?? new Set();
  described.set(name, parts);
  describe(name, () => {
    if (keeps !== undefined) {
      parts.add("keeps");
      it("passes what keeps it", async () => {
        assert.deepEqual(await judgedBy(name, keeps, told), { said: [], looked: true });
      });
    }
    for (const [sentence, resources] of Object.entries(breaks)) {
      parts.add("breaks");
      it(`says: ${sentence}`, async () => {
        const { said } = await judgedBy(name, resources, told);
        assert.ok(
          said.some((message) => message.startsWith(sentence)),
          `It said: ${said.join(" | ") || "nothing"}`,
        );
      });
    }
    if (ignores !== undefined) {
      parts.add("ignores");
      it("passes over what it is not about", async () => {
        assert.deepEqual(await judgedBy(name, ignores, told), { said: [], looked: false });
      });
    }
  });
}

interface Judged {
  readonly said: readonly string[];
  /** Whether the rule had anything to look at. */
  readonly looked: boolean;
}

async function judgedBy(name: string, resources: readonly Resource[], told: JudgedWith): Promise<Judged> {
  const { config = {}, properties = {} } = told;
  const shared = await pack();
  const off = Object.fromEntries(shared.face.rules.map((rule) => [rule.name, { level: "disabled" as const }]));
  const level = shared.face.rules.find((rule) => rule.name === name)?.level ?? "mandatory";
  const choices = { ...off, [name]: { level, properties } };
  const { violations, notApplicable } = await shared.judge(resources, { config, choices });
  const description = shared.face.rules.find((rule) => rule.name === name)?.description ?? "";
  // A rule about single resources says of each that it is not about it; one about the stack says so once, of none.
  const idle = [...notApplicable].filter(([, rules]) => rules.includes(name)).map(([urn]) => urn);
  return {
    said: violations.map(({ message }) => message.replace(description, "").trim()),
    looked: !idle.includes("") && idle.length < resources.length,
  };
}
