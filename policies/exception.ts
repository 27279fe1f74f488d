/** Says that a resource may break a rule, and why. */
export interface Exception {
  /** Name of the rule. */
  readonly rule: string;
  /** Logical name of the resource; `*` in it stands for any text. */
  readonly resource: string;
  /** Why the rule's own reason does not hold here. */
  readonly reason: string;
  /** Some stacks have no such resource, or are not production; that is not worth a word. */
  readonly onlySometimes?: true;
}

export function covers({ rule, resource }: Exception, ruleName: string, name: string): boolean {
  if (rule !== ruleName) return false;
  const parts = resource.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
