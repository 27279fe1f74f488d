import pc from "picocolors";
import type { PackFace, PolicyRule } from "../../local/policy/policyRule";
import { isMandatory, type Finding, type StackJudgement } from "./judgement";

type Colours = ReturnType<typeof pc.createColors>;

/** A stack's findings, grouped by rule: what the rule is, what breaks it and where, and what to do. */
export function judgementText(judgement: StackJudgement, face: PackFace, colours = false): string {
  const colour = pc.createColors(colours);
  const { stack, resources, findings } = judgement;
  const broken = [...new Set(findings.map(({ rule }) => rule))];
  const groups = broken.map((name) => {
    const rule = face.rules.find((one) => one.name === name);
    return groupText(name, rule, { findings: findings.filter((finding) => finding.rule === name), colour });
  });
  const mandatory = findings.filter(isMandatory).length;
  const verdict =
    mandatory === 0
      ? colour.green("keeps every mandatory rule")
      : colour.red(`breaks mandatory rules at ${mandatory} place${mandatory === 1 ? "" : "s"}`);
  return [
    `${colour.bold(stack.name)}  ${resources} resources, ${face.rules.length} rules: ${verdict}`,
    ...(stack.standIns.length > 0
      ? [colour.dim(`  judged with ${stack.standIns.join(", ")}, which its file leaves to be set`)]
      : []),
    ...groups.flatMap((group) => ["", ...group]),
  ].join("\n");
}

function groupText(
  name: string,
  rule: PolicyRule | undefined,
  { findings, colour }: { readonly findings: readonly Finding[]; readonly colour: Colours },
): readonly string[] {
  const [first] = findings;
  const mandatory = first !== undefined && isMandatory(first);
  const mark = mandatory ? colour.red("✖") : colour.yellow("!");
  const level = mandatory ? colour.red("mandatory") : colour.yellow("advisory");
  const why = rule?.description ?? "";
  return [
    `  ${mark} ${colour.bold(name)}  ${level}, ${first?.severity ?? ""}${tagsText(rule)}`,
    ...(why === "" ? [] : [colour.dim(`    ${why}`)]),
    ...findings.map(({ message, place }) => `    ${message}${placeText(place, colour)}`),
  ];
}

function tagsText(rule: PolicyRule | undefined): string {
  return rule === undefined || rule.tags.length === 0 ? "" : `  ${rule.tags.join(", ")}`;
}

function placeText(place: Finding["place"], colour: Colours): string {
  return place === undefined ? "" : colour.dim(`  ${place.file}:${place.line}`);
}
