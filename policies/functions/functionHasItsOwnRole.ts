import { FUNCTION, ROLE } from "../resourceTypes";
import type { Neighbour, StackRule } from "../rule";

/** A shared role lets each function do what any of them needs. */
export const functionHasItsOwnRole: StackRule = {
  name: "function-has-its-own-role",
  what: "No two functions share a role.",
  why: "A shared role lets each function do what any of them needs.",
  fix: "Give the function a role of its own.",
  severity: "high",
  controls: ["AwsSolutions-IAM5"],
  types: [FUNCTION],
  problemsAmong: (lambda, stack) => {
    const sharing = stack.ofType(FUNCTION).filter((other) => other !== lambda && shareARole(lambda, other));
    return sharing.length > 0 && `shares its role with ${sharing.map(({ name }) => name).join(", ")}.`;
  },
};

/** Told by what the roles were made from, which a preview knows, or else by their ARNs. */
function shareARole(one: Neighbour, other: Neighbour): boolean {
  const [made, madeToo] = [one, other].map(({ madeFrom }) => madeFrom("role").find(({ type }) => type === ROLE));
  if (made !== undefined && madeToo !== undefined) return made === madeToo;
  return one.props["role"] === other.props["role"];
}
