import * as pulumi from "@pulumi/pulumi";
import { refuse } from "./problems";

/**
 * The name of a resource in the account, the same at every deployment: `orderflow-prod-orders`. It holds
 * project and stack, so that stacks share an account without colliding. Throws when it is longer than
 * `maxLength`, because AWS would refuse it only in the middle of a deployment.
 */
export function physicalName(name: string, maxLength: number): string {
  const full = `${pulumi.getProject()}-${pulumi.getStack()}-${name}`;
  refuse("Resource", name, [
    full.length > maxLength &&
      `its name must be at most ${maxLength} characters, not ${full.length} (${full}): choose a shorter stack name`,
  ]);
  return full;
}
