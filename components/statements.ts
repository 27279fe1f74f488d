import * as pulumi from "@pulumi/pulumi";

/** One permission: exactly these actions on exactly these resources. */
export interface Statement {
  /** For example `dynamodb:PutItem`. */
  readonly actions: readonly [string, ...string[]];
  /** ARNs. `"*"` only where AWS offers nothing narrower; say so where it is used. */
  readonly resources: readonly pulumi.Input<string>[];
}

/** Allows `actions` on `resources`. */
export function allow(actions: Statement["actions"], ...resources: pulumi.Input<string>[]): Statement {
  return { actions, resources };
}

/** The policy document of a role that may do what the statements say, and nothing else. */
export function policyOf(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: statements.map(({ actions, resources }) => ({ Effect: "Allow", Action: actions, Resource: resources })),
  });
}

/**
 * Sending trace segments, which is all that Lambda does: https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html.
 * X-Ray has no resources to name: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
 */
export const TRACING: Statement = allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*");
