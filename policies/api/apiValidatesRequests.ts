import { methodsOf } from "../apiMethods";
import { REST_API } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** What is no JSON at all, or lacks what must be there, would cost an invocation to refuse. */
export const apiValidatesRequests: ResourceRule = {
  name: "api-validates-requests",
  what: "Every method that calls something has its requests looked at by the gateway first.",
  why: "What is no JSON at all, or lacks what must be there, would cost an invocation to refuse.",
  fix: "Give the method a request validator for body and parameters.",
  severity: "medium",
  controls: ["AwsSolutions-APIG2"],
  types: [REST_API],
  settings: {
    openPaths: {
      type: "array",
      items: { type: "string" },
      default: ["/health"],
      description: "Paths that the gateway answers by itself.",
    },
  },
  problems: ({ props }, { openPaths }) =>
    methodsOf(props["body"])
      .filter(
        ({ verb, path, validated }) =>
          !validated && verb !== "OPTIONS" && !(openPaths as readonly string[]).includes(path),
      )
      .map(({ verb, path }) => `passes on ${verb} ${path} without a look.`),
};
