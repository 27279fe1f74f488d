import { at, textAt } from "./fields";
import { METHOD_SETTINGS } from "./resourceTypes";
import type { Neighbour, StackView } from "./rule";

/** What a stage's method settings say of all of its methods. */
export function settingsOf(stage: Neighbour, stack: StackView): readonly unknown[] {
  return stack
    .ofType(METHOD_SETTINGS)
    .filter(
      ({ props, madeFrom }) =>
        textAt(props, "methodPath") === "*/*" &&
        (madeFrom("stageName").includes(stage) ||
          (at(props, "restApi") === at(stage.props, "restApi") &&
            at(props, "stageName") === at(stage.props, "stageName"))),
    )
    .map(({ props }) => props["settings"]);
}
