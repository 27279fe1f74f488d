import type { PackFace, PolicyRule } from "../../local/policy/policyRule";
import { isMandatory, type Finding, type StackJudgement } from "./judgement";

/**
 * What was found in all stacks, as SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. A
 * finding that several stacks share stands there once, at the line that makes the resource.
 */
export function sarifLog(judgements: readonly StackJudgement[], { name, version, rules }: PackFace): object {
  const known = new Map(rules.map((rule, index) => [rule.name, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name, version, rules: rules.map(sarifRule) } },
        columnKind: "utf16CodeUnits",
        results: merged(judgements).map(({ finding, stacks }) => result(finding, stacks, known.get(finding.rule))),
      },
    ],
  };
}

interface SharedFinding {
  readonly finding: Finding;
  readonly stacks: readonly string[];
}

function merged(judgements: readonly StackJudgement[]): readonly SharedFinding[] {
  const byText = new Map<string, SharedFinding>();
  for (const { stack, findings } of judgements) {
    for (const finding of findings) {
      const { rule, message, place } = finding;
      const text = JSON.stringify([rule, message, place]);
      const known = byText.get(text)?.stacks ?? [];
      byText.set(text, { finding, stacks: [...new Set([...known, stack.name])] });
    }
  }
  return [...byText.values()];
}

/** `security-severity` is what GitHub sorts by: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
function sarifRule({ name, title, description, remediation, level, severity, tags }: PolicyRule): object {
  return {
    id: name,
    name: name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: description },
    help: { text: remediation || description },
    defaultConfiguration: { level: level === "advisory" ? "warning" : "error" },
    properties: { tags: ["security", ...tags], "security-severity": SCORES[severity], precision: "very-high" },
  };
}

const SCORES = { unspecified: "1.0", low: "3.0", medium: "5.5", high: "8.0", critical: "9.5" } as const;

function result(finding: Finding, stacks: readonly string[], ruleIndex: number | undefined): object {
  const { rule, message, place, urn } = finding;
  const { file, line } = place ?? { file: "index.ts", line: 1 };
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: isMandatory(finding) ? "error" : "warning",
    message: { text: `${message} (in ${stacks.join(", ")})` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file, uriBaseId: "%SRCROOT%" }, region: { startLine: line } },
        ...(urn !== undefined && { logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }] }),
      },
    ],
    partialFingerprints: { "resource/v1": `${rule}:${urn?.split("::").slice(2).join("::") ?? message}` },
  };
}
