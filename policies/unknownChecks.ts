import type { StackValidationPolicy } from "@pulumi/policy";

/**
 * Checks that a preview could not make, because what they look at is made only by the deployment. They are made then, and
 * before the resource is; the preview tells in one line how many there are.
 */
export class UnknownChecks {
  private readonly resourcesByRule = new Map<string, Set<string>>();

  add(rule: string, resource: string): void {
    const resources = this.resourcesByRule.get(rule) ?? new Set();
    this.resourcesByRule.set(rule, resources.add(resource));
  }

  policy(): StackValidationPolicy {
    return {
      name: "checks-wait-for-the-deployment",
      displayName: "Checks wait for the deployment.",
      description: "What a preview does not know yet is checked by the deployment, before the resource is made.",
      enforcementLevel: "advisory",
      severity: "low",
      validateStack: (args, tell) => {
        if (this.resourcesByRule.size === 0) args.notApplicable("Everything was known");
        const waiting = [...this.resourcesByRule].map(([rule, resources]) => `${rule} (${resources.size})`);
        const total = [...this.resourcesByRule.values()].reduce((sum, { size }) => sum + size, 0);
        this.resourcesByRule.clear();
        tell(`${total} checks wait for the deployment, which knows the values: ${waiting.join(", ")}.`);
      },
    };
  }
}
