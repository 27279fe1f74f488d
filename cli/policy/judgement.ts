import type { PackFace, Violation } from "../../local/policy/policyRule";
import type { Registrations } from "../../local/registrations";
import type { JudgedStack } from "./stacks";

/** What the rules say of one stack. */
export interface StackJudgement {
  readonly stack: JudgedStack;
  /** Resources of providers; components are not counted. */
  readonly resources: number;
  readonly findings: readonly Finding[];
}

/** One thing that breaks a rule. */
export interface Finding {
  readonly rule: string;
  readonly level: Violation["level"];
  readonly severity: Violation["severity"];
  /** What is wrong and what to do, as sentences that begin with the resource's name. */
  readonly message: string;
  readonly urn?: string;
  /** Where the program makes the resource, below the project's folder. */
  readonly place?: { readonly file: string; readonly line: number };
}

/** Joins what a pack found with where the program makes what it is about. Mandatory and severe findings come first. */
export function findingsOf(
  violations: readonly Violation[],
  { resources }: Pick<Registrations, "resources">,
  { folder, face }: { readonly folder: string; readonly face: PackFace },
): readonly Finding[] {
  const sources = new Map(resources.map(({ urn, source }) => [urn, source]));
  const order = new Map(face.rules.map(({ name }, index) => [name, index]));
  const descriptions = new Map(face.rules.map(({ name, description }) => [name, description]));
  return violations
    .map(({ rule, level, severity, message, urn }): Finding => {
      const place = urn === undefined ? undefined : placeOf(sources.get(urn), folder);
      return {
        ...{ rule, level, severity, message: said(message, descriptions.get(rule) ?? "") },
        ...(urn !== undefined && { urn }),
        ...(place && { place }),
      };
    })
    .sort((a, b) => weight(b) - weight(a) || (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0));
}

/** Whether the deployment would be stopped. */
export function isMandatory({ level }: Pick<Finding, "level">): boolean {
  return level !== "advisory";
}

const SEVERITIES = ["unspecified", "low", "medium", "high", "critical"] as const;

function weight(finding: Finding): number {
  return (isMandatory(finding) ? SEVERITIES.length : 0) + SEVERITIES.indexOf(finding.severity);
}

/** The SDK of policies puts the rule's description before each message. */
function said(message: string, description: string): string {
  return message.startsWith(description) ? message.slice(description.length).trim() : message;
}

function placeOf(source: string | undefined, folder: string): Finding["place"] {
  const [, path = "", line = ""] = /^(?:file:\/\/)?(.*):(\d+)$/.exec(source ?? "") ?? [];
  if (!path.startsWith(`${folder}/`) || path.includes("/node_modules/")) return undefined;
  return { file: path.slice(folder.length + 1), line: Number(line) };
}
