/** What happens when a policy is violated. */
export type PolicyLevel = "advisory" | "mandatory" | "remediate" | "disabled";

export type PolicySeverity = "unspecified" | "low" | "medium" | "high" | "critical";

/** A policy as its pack tells of it. */
export interface PolicyRule {
  readonly name: string;
  /** The rule as one sentence. */
  readonly title: string;
  readonly description: string;
  readonly level: PolicyLevel;
  readonly severity: PolicySeverity;
  /** What to do about a violation. */
  readonly remediation: string;
  readonly tags: readonly string[];
  /** What can be set of it: JSON Schemas by name. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A pack as it tells of itself. */
export interface PackFace {
  readonly name: string;
  readonly version: string;
  readonly rules: readonly PolicyRule[];
}

/** What a policy says of a resource. */
export interface Violation {
  readonly rule: string;
  readonly message: string;
  /** Absent when it is about the stack as a whole. */
  readonly urn?: string;
  readonly level: PolicyLevel;
  readonly severity: PolicySeverity;
}

/** What a pack says of a stack. */
export interface Verdict {
  readonly violations: readonly Violation[];
  /** Rules that had nothing to look at, by the URN of the resource; rules about the whole stack under an empty URN. */
  readonly notApplicable: ReadonlyMap<string, readonly string[]>;
}
