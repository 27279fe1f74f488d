import type { RestOperation } from "../endpoint/endpoint";
import type { LambdaApi } from "./restOperations";
import { checkedJson, invalid, ok, reference } from "./restRequest";

/** Of https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html, whose version is not the others'. */
const PUT_PATH = /^\/2017-10-31\/functions\/(?<name>[^/]+)\/concurrency$/;

/**
 * The concurrency that is reserved for a function, which is its limit too: 0 lets nobody call it, and is how an operator
 * stops one at once.
 */
export function concurrencyOperations(lambda: LambdaApi): readonly RestOperation[] {
  return [
    {
      action: "lambda:PutFunctionConcurrency",
      method: "PUT",
      path: PUT_PATH,
      handle: async (request) => {
        const reserved = reservedIn(request.body.toString());
        lambda.reserveConcurrency(reference(request), reserved);
        return ok({ ReservedConcurrentExecutions: reserved });
      },
    },
    {
      action: "lambda:DeleteFunctionConcurrency",
      method: "DELETE",
      path: PUT_PATH,
      handle: async (request) => {
        lambda.reserveConcurrency(reference(request));
        return { status: 204, body: "" };
      },
    },
    {
      action: "lambda:GetFunctionConcurrency",
      method: "GET",
      path: /^\/2019-09-30\/functions\/(?<name>[^/]+)\/concurrency$/,
      handle: async (request) => {
        const reserved = lambda.reservedConcurrencyOf(reference(request));
        return ok(reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved });
      },
    },
  ];
}

function reservedIn(body: string): number {
  const { ReservedConcurrentExecutions: reserved } = JSON.parse(checkedJson(body)) as Record<string, unknown>;
  if (typeof reserved === "number" && Number.isInteger(reserved) && reserved >= 0) return reserved;
  throw invalid("ReservedConcurrentExecutions must be a whole number from 0 on.");
}
