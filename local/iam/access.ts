import { AwsError } from "../awsError";
import type { Caller } from "../service";
import type { PolicyBook } from "./resourcePolicies";

/** Who asks for something. */
export type Principal =
  /** A function, state machine or service that acts with a role; `session` is how it calls itself there. */
  | { readonly kind: "role"; readonly roleArn: string; readonly session: string }
  /** A service on its own account, for one of its resources: `events.amazonaws.com` for a rule. */
  | { readonly kind: "service"; readonly service: string; readonly sourceArn: string }
  /** Whoever calls from outside: the account's administrator. */
  | { readonly kind: "administrator" }
  /** Somebody who does not say who it is. */
  | { readonly kind: "anonymous" };

/** A caller of the endpoint: a function by its role, or the account's administrator. */
export function principalOf({ roleArn, session = "local" }: Pick<Caller, "roleArn" | "session">): Principal {
  return roleArn === undefined ? { kind: "administrator" } : { kind: "role", roleArn, session };
}

/** What a call needs to be allowed: one action on one resource. */
export interface Permission {
  /** For example `sqs:SendMessage`. */
  readonly action: string;
  /** An ARN, or `*` for an action that is on nothing in particular. */
  readonly resource: string;
  /** Condition keys in small letters that go with the action, for example `events:source`. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** Somebody who asks for it. */
export interface AccessRequest extends Permission {
  readonly principal: Principal;
}

/** Why a request was refused, as AWS says it. */
export type Refusal =
  | "explicit deny in an identity-based policy"
  | "explicit deny in a resource-based policy"
  | "no identity-based policy"
  | "no resource-based policy";

/** Who may do what. Implemented by the Authorizer. */
export interface Access {
  /** Why a request is refused, or undefined when it is granted. What is asked counts as done or as denied. */
  refusal(request: AccessRequest): Refusal | undefined;
  /** The same, for a request that is not made yet: it counts as nothing. */
  wouldRefuse(request: AccessRequest): Refusal | undefined;
  /** Whether a service may act with a role. */
  trusts(roleArn: string, service: string): boolean;
}

/** Who may do what, and the policies of resources that say so too. */
export interface AccessControl extends Access, PolicyBook {}

/** A request that a policy did not grant, in the words and with the status of the service that was called. */
export class AccessDenied extends AwsError {
  constructor(
    readonly request: AccessRequest,
    readonly refusal: Refusal,
  ) {
    const { code, status = 400 } = WORDING[serviceOf(request.action)] ?? OTHERWISE;
    super(code, refusalText(request, refusal), status);
  }

  /** SQS speaks a protocol that tells two codes. */
  get queryErrorCode(): string | undefined {
    return serviceOf(this.request.action) === "sqs" ? "AccessDenied" : undefined;
  }
}

/** Goes on when the request is granted, or when nobody watches. @throws AccessDenied */
export function demand(access: Access | undefined, request: AccessRequest): void {
  const refusal = access?.refusal(request);
  if (refusal !== undefined) throw new AccessDenied(request, refusal);
}

interface Wording {
  readonly code: string;
  readonly status?: number;
}

const OTHERWISE: Wording = { code: "AccessDeniedException" };

/** Codes and statuses as the services answer them; those that are not here answer {@link OTHERWISE}. */
const WORDING: Readonly<Record<string, Wording>> = {
  lambda: { code: "AccessDeniedException", status: 403 },
  "rds-data": { code: "AccessDeniedException", status: 403 },
  s3: { code: "AccessDenied", status: 403 },
  ses: { code: "AccessDeniedException", status: 403 },
  sns: { code: "AuthorizationError", status: 403 },
  sqs: { code: "AccessDeniedException", status: 403 },
  kms: { code: "KMSAccessDeniedException" },
};

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}

/**
 * For example `User: arn:aws:sts::…:assumed-role/cook/kitchen is not authorized to perform: states:StartExecution on
 * resource: arn:… because no identity-based policy allows the states:StartExecution action`. SQS writes actions in small
 * letters, SNS its own name in capitals, and S3 puts the resource in quotation marks.
 */
export function refusalText({ principal, action, resource }: AccessRequest, refusal: Refusal): string {
  const service = serviceOf(action);
  const words = service === "sqs" ? action.toLowerCase() : action.replace(/^sns:/, "SNS:");
  const where = service === "s3" ? `"${resource}"` : resource;
  const why = refusal.startsWith("explicit") ? `with an ${refusal}` : `because ${refusal} allows the ${words} action`;
  const who = principal.kind === "service" ? principal.service : `User: ${principalArn(principal, resource)}`;
  return `${who} is not authorized to perform: ${words} on resource: ${where} ${why}`;
}

function principalArn(principal: Exclude<Principal, { kind: "service" }>, resource: string): string {
  if (principal.kind === "role") return sessionArn(principal);
  if (principal.kind === "anonymous") return "anonymous";
  return `arn:aws:iam::${/:(\d{12}):/.exec(resource)?.[1] ?? "000000000000"}:user/local`;
}

/** The ARN of who acts with a role: `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`. */
export function sessionArn({ roleArn, session }: Extract<Principal, { kind: "role" }>): string {
  const [, account = "", name = ""] = /^arn:aws:iam::(\d*):role\/(.+)$/.exec(roleArn) ?? [];
  return `arn:aws:sts::${account}:assumed-role/${name.split("/").at(-1)}/${session}`;
}
