import { textAt } from "../fields";
import { FUNCTION_PERMISSION } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** A service that may call for anybody can be made to call by anybody's resource, of any account. */
export const functionAdmitsNamedCallers: ResourceRule = {
  name: "function-admits-named-callers",
  what: "Every permission to call a function names the resource that may.",
  why: "A service that may call for anybody can be made to call by anybody's resource, of any account.",
  fix: "Set sourceArn to the one caller.",
  severity: "high",
  controls: ["FSBP-Lambda.1"],
  types: [FUNCTION_PERMISSION],
  problems: ({ props }) => {
    if (textAt(props, "principal") === "*") return "lets everybody call the function.";
    const source = textAt(props, "sourceArn");
    if (source === "") return "names no caller.";
    return /^arn:[^:]*:[^:]*:[^:]*:\*/.test(source) && `takes callers of every account (${source}).`;
  },
};
