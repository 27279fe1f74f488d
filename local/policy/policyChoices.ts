import type { PolicyChoice } from "./policyPack";
import type { PackFace, PolicyLevel } from "./policyRule";

const LEVELS: readonly string[] = ["advisory", "mandatory", "remediate", "disabled"] satisfies readonly PolicyLevel[];

/**
 * What is set of a pack's policies, as Pulumi's `--policy-pack-config` takes it: a level, or an object of settings and an
 * `enforcementLevel`, by the policy's name or `all`. Throws one error with everything that is wrong.
 */
export function choicesOf(config: unknown, { rules }: PackFace): Readonly<Record<string, PolicyChoice>> {
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new Error("What is set of policies must be an object, by the names of policies.");
  }
  const problems: string[] = [];
  const choices = Object.entries(config).map(([name, value]: [string, unknown]) => {
    const { enforcementLevel: level, ...properties } =
      typeof value === "string" ? { enforcementLevel: value } : fields(value);
    const known = rules.find((rule) => rule.name === name)?.settings;
    if (known === undefined && name !== "all") problems.push(`${name} is no policy of the pack`);
    if (level !== undefined && !LEVELS.includes(level as string)) {
      problems.push(`the level of ${name} must be one of ${LEVELS.join(", ")}, not ${JSON.stringify(level)}`);
    }
    const strange = Object.keys(properties).filter((key) => known !== undefined && !(key in known));
    if (strange.length > 0) problems.push(`${name} has no setting ${strange.join(", ")} (it has ${list(known)})`);
    return [name, { ...(level !== undefined && { level: level as PolicyLevel }), properties }] as const;
  });
  if (problems.length > 0) throw new Error(`${problems.join("; ")}.`);
  const { all, ...named } = Object.fromEntries(choices);
  return all === undefined ? named : Object.fromEntries(rules.map(({ name }) => [name, { ...all, ...named[name] }]));
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function list(settings: object = {}): string {
  return Object.keys(settings).join(", ") || "none";
}
