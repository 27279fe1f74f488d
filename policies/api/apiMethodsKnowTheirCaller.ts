import { methodsOf } from "../apiMethods";
import { REST_API } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** A method that anybody may call is used by anybody, at the shop's cost, and nobody can be told to stop. */
export const apiMethodsKnowTheirCaller: ResourceRule = {
  name: "api-methods-know-their-caller",
  what: "Every method but health and preflights asks who calls, for a key or a signature.",
  why: "A method that anybody may call is used by anybody, at the shop's cost, and nobody can be told to stop.",
  fix: "Give the method a security scheme: an API key, or IAM (awsSigv4).",
  severity: "critical",
  controls: ["AwsSolutions-APIG4"],
  types: [REST_API],
  settings: {
    openPaths: {
      type: "array",
      items: { type: "string" },
      default: ["/health"],
      description: "Paths that anybody may ask.",
    },
  },
  problems: ({ props }, { openPaths }) =>
    methodsOf(props["body"])
      .filter(
        ({ verb, path, proofs }) =>
          proofs.length === 0 && verb !== "OPTIONS" && !(openPaths as readonly string[]).includes(path),
      )
      .map(({ verb, path }) => `answers ${verb} ${path} to anybody.`),
};
