import type { PolicyConfigSchema, Severity } from "@pulumi/policy";
import type { Fields } from "./fields";

/** What teams may set of a rule, by name. Every setting has a default that is safe. */
export type RuleSettings = Readonly<
  Record<string, PolicyConfigSchema["properties"][string] & { readonly default: unknown }>
>;

/** A resource as a rule looks at it. */
export interface Subject {
  readonly name: string;
  readonly urn: string;
  /** For example `aws:sqs/queue:Queue`. */
  readonly type: string;
  readonly props: Fields;
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
  /** What its provider was told, as far as the engine knows. */
  readonly provider: Fields;
  /** Whether its stack is one of those that customers depend on. */
  readonly production: boolean;
}

/** A resource among all others of its stack. */
export interface Neighbour extends Subject {
  /** The resources that a property was made from. They are known in a preview too, when no ARN is. */
  readonly madeFrom: (property: string) => readonly Neighbour[];
}

/** All resources of a stack. */
export interface StackView {
  readonly all: readonly Neighbour[];
  ofType(...types: readonly string[]): readonly Neighbour[];
}

/** What was set of a rule, defaults filled in. */
export type Chosen = Readonly<Record<string, unknown>>;

/** What is wrong with a resource, each as a sentence without the resource's name; nothing or an empty list when it is well. */
export type Problems = string | false | undefined | readonly (string | false | undefined)[];

/** What every rule tells of itself. */
export interface RuleFace {
  /** The sentence that names the rule and its file, for example `queue-keeps-failures`. */
  readonly name: string;
  /** The sentence in full. */
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly severity: Severity;
  /**
   * `advisory` where a good stack may do otherwise.
   *
   * @default mandatory: a violation stops the deployment
   */
  readonly level?: "mandatory" | "advisory";
  /** Controls that it implements, of cdk-nag (`AwsSolutions-SQS3`) and of AWS FSBP (`FSBP-SQS.1`). */
  readonly controls: readonly string[];
  /** Types of resources that it is about. */
  readonly types: readonly string[];
  /**
   * Whether it holds for production stacks alone.
   *
   * @default false
   */
  readonly inProductionOnly?: true;
  readonly settings?: RuleSettings;
}

/** A rule that looks at one resource, before it is made. */
export interface ResourceRule extends RuleFace {
  readonly problems: (subject: Subject, chosen: Chosen) => Problems;
}

/** A rule for which one resource does not tell: it looks at each of its types among all others, once they are known. */
export interface StackRule extends RuleFace {
  readonly problemsAmong: (subject: Neighbour, stack: StackView, chosen: Chosen) => Problems;
}

export type Rule = ResourceRule | StackRule;

/** What a rule found, without what is well. */
export function listed(problems: Problems): readonly string[] {
  return (Array.isArray(problems) ? (problems as readonly unknown[]) : [problems]).filter(
    (problem): problem is string => typeof problem === "string",
  );
}
