import { textAt } from "./fields";
import type { Neighbour, StackView } from "./rule";

/**
 * The resources of a type that belong to a subject: those made from it (in a preview all that is known), or those that
 * name it by one of its own names.
 */
export function companionOf(
  subject: Neighbour,
  stack: StackView,
  { type, by, names }: { readonly type: string; readonly by: string; readonly names: readonly string[] },
): readonly Neighbour[] {
  return stack.ofType(type).filter((companion) => {
    const sources = companion.madeFrom(by);
    if (sources.length > 0) return sources.includes(subject);
    const given = textAt(companion.props, by);
    return given !== "" && names.some((name) => textAt(subject.props, name) === given);
  });
}
