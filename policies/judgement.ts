import { isFields } from "./fields";
import { listed, type Problems, type Rule, type Subject } from "./rule";

/** What a rule finds. Values that only the deployment knows are counted, and any other error is a finding. */
export function judged(found: () => Problems, whenUnknown: () => void): readonly string[] {
  try {
    return listed(found());
  } catch (error) {
    if (!isUnknown(error)) return [`could not be judged (${(error as Error).message}).`];
    whenUnknown();
    return [];
  }
}

/** What the SDK throws at the touch of a value that a preview does not know. */
function isUnknown(error: unknown): boolean {
  return isFields(error) && "unknownTypeSentinel" in error;
}

/** Whether a rule has anything to say of a resource. */
export function concerns({ types, inProductionOnly }: Rule, { type, production }: Subject): boolean {
  return types.includes(type) && (production || inProductionOnly !== true);
}
