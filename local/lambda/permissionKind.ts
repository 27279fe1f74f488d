import { Type } from "@sinclair/typebox";
import type { RegisteredInputs, ResourceKind } from "../resource";
import { readInputs } from "./readInputs";

const TYPE = "aws:lambda/permission:Permission";

const PermissionInputs = Type.Object({
  action: Type.String({ pattern: "^lambda:(\\w+|\\*)$" }),
  function: Type.String(),
  principal: Type.String(),
  sourceArn: Type.Optional(Type.String()),
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
  // There is one account, and every version of a function is the same.
  withoutLocalEffect: ["qualifier", "region", "sourceAccount"],
  outputs({ inputs, physicalName }) {
    const { statementId, statementIdPrefix } = inputs;
    const madeUp = typeof statementIdPrefix === "string" ? statementIdPrefix + physicalName.slice(-7) : physicalName;
    const id = typeof statementId === "string" ? statementId : madeUp;
    return { id, statementId: id };
  },
};

export function readPermission(declared: Pick<RegisteredInputs, "name" | "inputs">): Permission {
  const inputs = readInputs(PermissionInputs, { ...declared, type: TYPE });
  const { action, principal, sourceArn } = inputs;
  return { functionName: inputs.function, action, principal, ...(sourceArn !== undefined && { sourceArn }) };
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
