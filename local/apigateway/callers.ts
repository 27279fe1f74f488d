import { createHash } from "node:crypto";
import { type AccessControl, type AccessRequest, refusalText, sessionArn } from "../iam/access";
import { isFields } from "../operationInput";
import { accessKeyFor, credentialsFor } from "../lambda/accessKey";
import type { ApiOperation } from "./apiDefinition";
import type { Exchange, SigningRole } from "./exchange";
import { GatewayFailure } from "./gatewayFailure";
import { checkSignature } from "./requestSignature";

/** What decides about the callers of one API. */
export interface CallersParts {
  /** Absent, everybody who signs may call. */
  readonly access: AccessControl | undefined;
  /** ARNs of the program's own roles. */
  readonly roles: () => readonly string[];
  readonly region: string;
  /** `arn:aws:execute-api:REGION:ACCOUNT:API`. */
  readonly executionArn: string;
  /** The API's own policy. */
  readonly policy: string | undefined;
}

/**
 * Who may call an API. Roles that its policy names need not be of the program: they are those of its clients, and have
 * local credentials all the same. What policies they have elsewhere is not known here, and taken to allow the call.
 */
export class Callers {
  private readonly clients: readonly string[];

  constructor(private readonly parts: CallersParts) {
    const { access, executionArn, policy } = parts;
    this.clients = policy === undefined ? [] : rolesNamedIn(policy);
    access?.attach(executionArn, policy?.replaceAll('"execute-api:/', `"${executionArn}/`));
  }

  /** Notes who signed, where a signature is required. @throws GatewayFailure for those who may not call */
  admit(operation: ApiOperation, exchange: Exchange): void {
    if (operation.requiresSignature) {
      const { request } = exchange;
      const accessKeyId = checkSignature(request, {
        region: this.parts.region,
        credentialsOf: (id) => {
          const roleArn = this.roleOf(id);
          return roleArn === undefined ? undefined : credentialsFor(roleArn);
        },
      });
      exchange.caller = { roleArn: this.roleOf(accessKeyId) ?? "", session: "local", accessKeyId };
    } else if (this.parts.policy === undefined) return;
    this.demand(exchange);
  }

  private demand({ caller, stage, request, path }: Exchange): void {
    const { access, executionArn } = this.parts;
    const asked: AccessRequest = {
      principal: caller === undefined ? { kind: "anonymous" } : { kind: "role", ...caller },
      action: "execute-api:Invoke",
      resource: `${executionArn}/${stage.name}/${request.method}${path}`,
    };
    const refusal = access?.refusal(asked);
    if (refusal === undefined) return;
    // The gateway shows four digits of the account.
    const message = refusalText(asked, refusal).replace(/(execute-api:[\w-]+:)\d{8}/, "$1********");
    throw new GatewayFailure("ACCESS_DENIED", { message });
  }

  private roleOf(accessKeyId: string): string | undefined {
    return [...this.parts.roles(), ...this.clients].find((roleArn) => accessKeyFor(roleArn) === accessKeyId);
  }
}

function rolesNamedIn(policy: string): readonly string[] {
  const { Statement } = JSON.parse(policy) as { Statement?: unknown };
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  const named = statements.flatMap((statement) => {
    const principal = isFields(statement) ? statement["Principal"] : undefined;
    const arns: unknown = isFields(principal) ? principal["AWS"] : [];
    return (Array.isArray(arns) ? arns : [arns]).map(String);
  });
  return named.filter((arn) => arn.includes(":role/"));
}

/** What a function and the access log are told of who signed. */
export function callerIdentity(caller: SigningRole) {
  const { roleArn, session, accessKeyId } = caller;
  // AWS's own id of a role, which nothing here knows.
  const roleId = `AROA${createHash("sha256").update(roleArn).digest("hex").slice(0, 17).toUpperCase()}`;
  return {
    accessKey: accessKeyId,
    accountId: roleArn.split(":")[4] ?? "",
    caller: `${roleId}:${session}`,
    user: `${roleId}:${session}`,
    userArn: sessionArn({ kind: "role", roleArn, session }),
  };
}
