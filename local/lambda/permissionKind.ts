import { Type } from "@sinclair/typebox";
import type { RegisteredInputs, ResourceKind } from "../resource";
import { readInputs } from "./readInputs";

const TYPE = "aws:lambda/permission:Permission";

const PermissionInputs = Type.Object({
  action: Type.String({ pattern: "^lambda:(\\w+|\\*)$" }),
  function: Type.String(),
  principal: Type.String(),
  sourceArn: Type.Optional(Type.String()),
  sourceAccount: Type.Optional(Type.String({ pattern: "^\\d{12}$" })),
  statementId: Type.Optional(Type.String()),
  statementIdPrefix: Type.Optional(Type.String()),
});

/** One statement of a function's resource policy. */
export interface Permission {
  /** Name or ARN. */
  readonly functionName: string;
  /** For example `lambda:InvokeFunction`. */
  readonly action: string;
  /** A service, for example `apigateway.amazonaws.com`, an account or a role. */
  readonly principal: string;
  /** May hold `*` and `?`; absent allows every source. */
  readonly sourceArn?: string;
  /** Twelve digits; absent allows the sources of every account. */
  readonly sourceAccount?: string;
}

/** Who asks to invoke a function on its own account, and for which of its resources. */
export interface ServiceCaller {
  readonly principal: string;
  readonly sourceArn: string;
}

/** Statements of functions' resource policies. */
export const permissionKind: ResourceKind = {
  type: TYPE,
  honours: Object.keys(PermissionInputs.properties),
  // Every version of a function is the same.
  withoutLocalEffect: ["qualifier", "region"],
  outputs({ inputs, physicalName }) {
    const { statementId, statementIdPrefix } = inputs;
    const madeUp = typeof statementIdPrefix === "string" ? statementIdPrefix + physicalName.slice(-7) : physicalName;
    const id = typeof statementId === "string" ? statementId : madeUp;
    return { id, statementId: id };
  },
};

export function readPermission(declared: Pick<RegisteredInputs, "name" | "inputs">): Permission {
  const inputs = readInputs(PermissionInputs, { ...declared, type: TYPE });
  const { action, principal, sourceArn, sourceAccount } = inputs;
  const source = {
    ...(sourceArn !== undefined && { sourceArn }),
    ...(sourceAccount !== undefined && { sourceAccount }),
  };
  return { functionName: inputs.function, action, principal, ...source };
}

/** The resource policy of a function: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
export function resourcePolicyOf(functionArn: string, permissions: readonly Permission[]): string {
  const Statement = permissions.map(({ action, principal, sourceArn, sourceAccount }) => ({
    Effect: "Allow",
    Principal: principal === "*" ? "*" : { [principal.endsWith(".amazonaws.com") ? "Service" : "AWS"]: principal },
    Action: action,
    Resource: functionArn,
    Condition: {
      ...(sourceArn !== undefined && { ArnLike: { "AWS:SourceArn": sourceArn } }),
      ...(sourceAccount !== undefined && { StringEquals: { "AWS:SourceAccount": sourceAccount } }),
    },
  }));
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** Whether a statement lets the caller invoke the function. */
export function permits({ action, principal, sourceArn = "*" }: Permission, caller: ServiceCaller): boolean {
  const invokes = action === "lambda:InvokeFunction" || action === "lambda:*";
  return invokes && (principal === "*" || principal === caller.principal) && matches(sourceArn, caller.sourceArn);
}

/** The operator ArnLike: `*` stands for any text, `?` for one character. */
function matches(pattern: string, arn: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(arn);
}
