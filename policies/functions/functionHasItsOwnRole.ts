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
    const roleOf = ({ props, madeFrom }: Neighbour): unknown =>
      madeFrom("role").find(({ type }) => type === ROLE)?.urn ?? props["role"];
    const sharing = stack.ofType(FUNCTION).filter((other) => other !== lambda && roleOf(other) === roleOf(lambda));
    return sharing.length > 0 && `shares its role with ${sharing.map(({ name }) => name).join(", ")}.`;
  },
};
