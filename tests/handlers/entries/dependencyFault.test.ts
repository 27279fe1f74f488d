import assert from "node:assert/strict";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { describe, it } from "mocha";
import { isDependencyFault } from "../../../handlers/entries/dependencyFault";

const named = (name: string, rest: object = {}): Error => Object.assign(new Error(), { name, ...rest });

const cancelled = (...codes: string[]): Error =>
  new TransactionCanceledException({
    ...{ message: "", $metadata: { httpStatusCode: 400 } },
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe("isDependencyFault", () => {
  it("is what says to come back later: away, too busy, out of reach, contended", () => {
    for (const error of [
      named("InternalServerError", { $metadata: { httpStatusCode: 500 } }),
      named("ProvisionedThroughputExceededException", { $metadata: { httpStatusCode: 400 } }),
      named("Error", { code: "ECONNREFUSED" }),
      named("TransactionConflictException", { $metadata: { httpStatusCode: 400 } }),
      cancelled("None", "TransactionConflict", "None"),
    ]) {
      assert.equal(isDependencyFault(error), true, error.name);
    }
  });

  it("is no mistake of our own", () => {
    for (const error of [
      new TypeError("x is not a function"),
      named("ValidationException", { $metadata: { httpStatusCode: 400 } }),
      cancelled("ValidationError", "TransactionConflict"),
      "thrown text",
    ]) {
      assert.equal(isDependencyFault(error), false, String(error));
    }
  });
});
