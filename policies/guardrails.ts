import type {
  Policies,
  Policy,
  PolicyResource,
  ResourceValidation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import type { Exception } from "./exception";
import { excuses, unusedExceptions } from "./excuses";
import type { Fields } from "./fields";
import { concerns, judged } from "./judgement";
import type { Chosen, Neighbour, Problems, Rule, StackView, Subject } from "./rule";
import { UnknownChecks } from "./unknownChecks";

/** Which stacks are production, as every rule asks that only holds there. */
const PRODUCTION_STACKS = {
  type: "array",
  items: { type: "string" },
  default: ["prod", "production"],
  description: "Names of the stacks that customers depend on.",
} as const;

/**
 * The rules as policies of a pack. A rule that throws is a violation; what a preview does not know yet is checked in the
 * deployment, and one line at the end of the preview says so; exceptions that excuse nothing are told.
 */
export function guardrails(rules: readonly Rule[], exceptions: readonly Exception[]): Policies {
  const unknown = new UnknownChecks();
  return [
    ...rules.map((rule) => policy(rule, exceptions, unknown)),
    unusedExceptions(rules, exceptions, (args) => viewOf(args, chosenOf(undefined, args))),
    unknown.policy(),
  ];
}

function policy(rule: Rule, exceptions: readonly Exception[], unknown: UnknownChecks): Policies[number] {
  const face = {
    name: rule.name,
    displayName: rule.what,
    description: `${rule.what} ${rule.why}`,
    severity: rule.severity,
    enforcementLevel: rule.level ?? "mandatory",
    remediationSteps: rule.fix,
    tags: [...rule.controls],
    configSchema: { properties: schemaOf(rule) },
  } satisfies Policy;
  const report =
    (tell: (message: string, urn?: string) => void) =>
    ({ name, urn }: Subject, found: () => Problems) => {
      for (const problem of judged(found, () => unknown.add(rule.name, name))) {
        if (!excuses(exceptions, rule.name, name)) tell(`${name} ${problem} ${rule.fix}`, urn);
      }
    };
  if ("problems" in rule) {
    return {
      ...face,
      validateResource: marked(rule, (args, tell) => {
        const chosen = chosenOf(rule, args);
        const subject = subjectOf(args, chosen);
        if (!concerns(rule, subject)) args.notApplicable(`Only ${concern(rule)}`);
        report(tell)(subject, () => rule.problems(subject, chosen));
      }),
    };
  }
  return {
    ...face,
    validateStack: (args, tell) => {
      const chosen = chosenOf(rule, args);
      const view = viewOf(args, chosen);
      const subjects = view.all.filter((resource) => concerns(rule, resource));
      if (subjects.length === 0) args.notApplicable(`Only ${concern(rule)}`);
      for (const subject of subjects) report(tell)(subject, () => rule.problemsAmong(subject, view, chosen));
    },
  };
}

function concern({ types, inProductionOnly }: Rule): string {
  return `${types.join(", ")}${inProductionOnly ? ", in production" : ""}`;
}

function schemaOf({ settings, inProductionOnly }: Rule) {
  return { ...settings, ...(inProductionOnly && { productionStacks: PRODUCTION_STACKS }) } as Record<string, object>;
}

/** The mark by which the SDK passes over other types before it reads a resource, as it does for its own helpers. */
function marked(rule: Rule, validate: ResourceValidation): ResourceValidation {
  const [type, ...others] = rule.types;
  return others.length === 0 ? Object.assign(validate, { __pulumiType: type }) : validate;
}

/** The engine fills in defaults of the schema; other callers of the pack may not. */
function chosenOf(rule: Rule | undefined, args: ResourceValidationArgs | StackValidationArgs): Chosen {
  const settings = { ...rule?.settings, productionStacks: PRODUCTION_STACKS };
  const defaults = Object.entries(settings).map(([key, schema]) => [key, schema.default] as const);
  return { ...(Object.fromEntries(defaults) as Chosen), ...args.getConfig() };
}

function subjectOf(resource: ResourceValidationArgs | PolicyResource, chosen: Chosen): Subject {
  const { name, urn, type, props, opts, provider } = resource;
  const stack = urn.split(":")[2] ?? "";
  return {
    ...{ name, urn, type, protect: opts.protect },
    props: props as Fields,
    provider: (provider?.props ?? {}) as Fields,
    production: (chosen["productionStacks"] as readonly string[]).includes(stack),
  };
}

function viewOf({ resources }: StackValidationArgs, chosen: Chosen): StackView {
  const byUrn = new Map<string, Neighbour>();
  for (const resource of resources) {
    byUrn.set(resource.urn, {
      ...subjectOf(resource, chosen),
      madeFrom: (property) =>
        (resource.propertyDependencies[property] ?? []).flatMap(({ urn }) => byUrn.get(urn) ?? []),
    });
  }
  const all = [...byUrn.values()];
  return { all, ofType: (...types) => all.filter(({ type }) => types.includes(type)) };
}
