import type { StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import { covers, type Exception } from "./exception";
import { concerns, judged } from "./judgement";
import type { Chosen, Rule, StackView } from "./rule";

/** Whether an exception lets the resource break the rule. */
export function excuses(exceptions: readonly Exception[], rule: string, resource: string): boolean {
  return exceptions.some((exception) => covers(exception, rule, resource));
}

/** Tells of exceptions that excuse nothing in the stack, so that none outlives its reason. Rules are asked with their defaults. */
export function unusedExceptions(
  rules: readonly Rule[],
  exceptions: readonly Exception[],
  view: (args: StackValidationArgs) => StackView,
): StackValidationPolicy {
  return {
    name: "exceptions-are-needed",
    displayName: "Every exception is needed.",
    description: "An exception that excuses nothing would one day excuse what nobody looked at.",
    enforcementLevel: "advisory",
    severity: "low",
    remediationSteps: "Remove it from exceptions.ts.",
    validateStack: (args, tell) => {
      const stack = view(args);
      for (const exception of exceptions) {
        const problem = unneeded(exception, rules, stack);
        if (problem !== undefined) tell(`The exception from ${exception.rule} for ${exception.resource} ${problem}`);
      }
    },
  };
}

function unneeded(exception: Exception, rules: readonly Rule[], stack: StackView): string | undefined {
  const rule = rules.find(({ name }) => name === exception.rule);
  if (rule === undefined) return "names no rule.";
  const covered = stack.all.filter((subject) => covers(exception, rule.name, subject.name) && concerns(rule, subject));
  if (covered.length === 0) return exception.onlySometimes ? undefined : "is about no resource of this stack.";
  const chosen = defaultsOf(rule);
  const needed = covered.some((subject) => {
    let unknown = false;
    const found = judged(
      () => ("problems" in rule ? rule.problems(subject, chosen) : rule.problemsAmong(subject, stack, chosen)),
      () => (unknown = true),
    );
    return unknown || found.length > 0;
  });
  return needed ? undefined : "excuses nothing in this stack.";
}

function defaultsOf({ settings = {} }: Rule): Chosen {
  return Object.fromEntries(Object.entries(settings).map(([key, schema]) => [key, schema.default]));
}
