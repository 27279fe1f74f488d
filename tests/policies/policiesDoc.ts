import { EXCEPTIONS } from "../../policies/exceptions";
import type { Rule } from "../../policies/rule";
import { RULES } from "../../policies/rules";
import { AWS_SOLUTIONS, FSBP, type Control } from "./controls";
import type { Mutation } from "./mutation";
import { MUTATIONS, SECOND_MUTATIONS } from "./mutations/mutations";

/** docs/policies.md, made of the rules, their exceptions, the controls and the mutations. */
export function policiesDoc(): string {
  return [
    "# Guardrails",
    [
      "What every resource of a stack must be like, as a policy pack of Pulumi in `policies/`. It is checked before a",
      "resource is made:",
    ].join("\n"),
    [
      "```sh",
      "npm run policy                            # every stack, on this machine, without an account; part of npm run check",
      "npm run policy -- --stack prod --sarif policies.sarif",
      "pulumi preview --policy-pack policies     # or pulumi up; a mandatory violation stops it",
      "```",
    ].join("\n"),
    [
      "`npm run policy` runs the program for what it registers and asks the pack about it over gRPC, as Pulumi's engine does.",
      "A stack's file may leave settings open that must be made before the first deployment; the command says what it put in",
      "their place. A preview does not know what is not made yet: checks that need it wait for the deployment, one line tells",
      "how many, and they are made before the resource is. A rule that throws counts as broken.",
    ].join("\n"),
    "This page is written by `npm run policy:docs` from the code, and a test compares the two.",
    "## Rules",
    `${RULES.length} rules, in a file each, named by its sentence. Those marked _prod_ hold for production stacks alone.`,
    ...byFolder().map(([, rules]) => rules.map(ruleText).join("\n")),
    "## Settings",
    [
      "Where teams differ, a rule can be set, in a file for `pulumi preview --policy-pack-config` and `npm run policy --",
      '--config`: `{ "log-group-forgets": "advisory", "production-logs-are-kept": { "fewestDays": 365 } }`. Every rule',
      'marked _prod_ takes `productionStacks` as well, the names of the stacks that customers depend on; default `["prod",',
      '"production"]`.',
    ].join("\n"),
    table(["rule", "setting", "default", "meaning"], RULES.flatMap(settingRows)),
    "## Exceptions",
    [
      "From `policies/exceptions.ts`. An exception that excuses nothing is told by the advisory rule",
      "`exceptions-are-needed`.",
    ].join("\n"),
    table(
      ["rule", "resource", "reason"],
      EXCEPTIONS.map(({ rule, resource, reason }) => [`\`${rule}\``, `\`${resource}\``, reason]),
    ),
    "## Controls",
    [
      "Every control of cdk-nag's AwsSolutions and of AWS Foundational Security Best Practices that applies to a type of",
      "resource in the program. Each rule has a test with a resource that keeps it, one that breaks it, and one that it is not",
      "about (`tests/policies/cases/`, under the rule's name).",
    ].join("\n"),
    table(["AwsSolutions", "need", "rule, or why not"], AWS_SOLUTIONS.map(controlRow)),
    table(["FSBP", "need", "rule, or why not"], FSBP.map(controlRow)),
    "## Mutations",
    [
      `The real program, as stack prod with everything that can be switched on, spoilt in ${MUTATIONS.length + SECOND_MUTATIONS.length} ways. What the`,
      "pack finds must be exactly what the mutations break, and nothing else.",
    ].join("\n"),
    `At ${MUTATIONS.length} distinct places:`,
    table(["somebody may …", "at", "found by"], MUTATIONS.map(mutationRow)),
    "And at some of these places in another way:",
    table(["somebody may …", "at", "found by"], SECOND_MUTATIONS.map(mutationRow)),
    "",
  ].join("\n\n");
}

/** Rules that carry a control. */
export function rulesOf({ id }: Control): readonly Rule[] {
  return RULES.filter(({ controls }) => controls.includes(id));
}

function byFolder(): readonly (readonly [string, readonly Rule[]])[] {
  const groups = new Map<string, Rule[]>();
  for (const rule of RULES) {
    const [type = ""] = rule.types;
    const service = type.split(/[:/]/)[1] ?? "";
    groups.set(service, [...(groups.get(service) ?? []), rule]);
  }
  return [...groups];
}

function ruleText({ name, what, why, fix, severity, controls, inProductionOnly }: Rule): string {
  const marks = [
    severity,
    ...(inProductionOnly ? ["_prod_"] : []),
    ...controls.map((id) => id.replace("FSBP-", "FSBP ")),
  ];
  return `- **\`${name}\`** (${marks.join(", ")}). ${what} ${why} _${fix}_`;
}

function settingRows({ name, settings = {} }: Rule): readonly (readonly string[])[] {
  return Object.entries(settings).map(([key, { default: fallback, description = "" }]) => [
    ...[`\`${name}\``, `\`${key}\``, `\`${JSON.stringify(fallback)}\``, description],
  ]);
}

function controlRow(control: Control): readonly string[] {
  const { id, need, not, but } = control;
  const rules = rulesOf(control).map(({ name }) => `\`${name}\``);
  return [id.replace(/^[A-Za-z]+-/, ""), need, [rules.join(", "), not, but].filter(Boolean).join(". ")];
}

function mutationRow({ what, at, rule }: Mutation): readonly string[] {
  return [what, `\`${at}\``, `\`${rule}\``];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
