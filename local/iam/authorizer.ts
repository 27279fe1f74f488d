import type { AccessControl, AccessRequest, Principal, Refusal } from "./access";
import { sessionArn } from "./access";
import { AccessUsage, type Grant } from "./accessUsage";
import type { AccessContext } from "./condition";
import { compilePolicy, meant, type PolicyStatement, type Principals } from "./policyDocument";
import { ResourcePolicies } from "./resourcePolicies";

/** A statement that speaks of a request, if its conditions hold. */
interface Candidate {
  readonly statement: PolicyStatement;
  readonly of: "identity" | "resource";
  /** What to count when it grants the request; absent for a policy of a resource. */
  readonly grant?: Grant;
}

/** What was found out about who, what and whereupon, so that only conditions are left to ask. */
interface Finding {
  readonly denials: readonly Candidate[];
  readonly allowances: readonly Candidate[];
  readonly context: AccessContext;
}

interface Role {
  readonly trust: readonly PolicyStatement[];
  readonly policies: Map<string, readonly PolicyStatement[]>;
}

/** Objects have resources of their own, so findings would gather for ever. */
const MOST_FINDINGS = 2_000;

/**
 * Decides who may do what, as IAM does within one account: an explicit denial beats all; an allowance of the identity or
 * of the resource is enough, but for keys, whose own policy must allow; else the answer is no.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export class Authorizer implements AccessControl {
  readonly usage = new AccessUsage();
  private readonly roles = new Map<string, Role>();
  private readonly resources = new ResourcePolicies();
  private readonly findings = new Map<string, Finding>();

  constructor(private readonly accountId: string) {}

  /** @throws Error that names what is wrong in the trust policy */
  addRole(roleArn: string, trust: string): void {
    this.roles.set(roleArn, { trust: compilePolicy(trust, "trust"), policies: new Map() });
  }

  /** Puts an inline policy in the place of the one of that name, at once, for calls to come. */
  putRolePolicy(roleArn: string, name: string, document: string): void {
    const role = this.roles.get(roleArn);
    if (role === undefined) throw new Error(`there is no role ${roleArn}`);
    const statements = compilePolicy(document, "identity");
    role.policies.set(name, statements);
    this.usage.grants(roleArn, name, statements);
    this.findings.clear();
  }

  attach(resourceArn: string, policy: string | readonly string[] | undefined): void {
    this.resources.attach(resourceArn, policy);
    this.findings.clear();
  }

  refusal(request: AccessRequest): Refusal | undefined {
    const { refusal, grant } = this.decide(request);
    if (refusal !== undefined) this.usage.denied(request, refusal);
    else if (grant !== undefined) grant.uses += 1;
    return refusal;
  }

  wouldRefuse(request: AccessRequest): Refusal | undefined {
    return this.decide(request).refusal;
  }

  trusts(roleArn: string, service: string): boolean {
    const trust = this.roles.get(roleArn)?.trust ?? [];
    const principal: Principal = { kind: "service", service, sourceArn: "" };
    const context = this.known(principal);
    const speaking = trust.filter(
      ({ principals, actions, condition }) =>
        meant(actions, "sts:AssumeRole") !== undefined &&
        this.names(principals, principal, "Allow") &&
        condition(context),
    );
    return speaking.length > 0 && speaking.every(({ effect }) => effect === "Allow");
  }

  private decide(request: AccessRequest): { readonly refusal?: Refusal; readonly grant?: Grant } {
    const { denials, allowances, context: known } = this.finding(request);
    const context = request.context === undefined ? known : { ...known, ...request.context };
    const denial = denials.find(({ statement }) => statement.condition(context));
    if (denial !== undefined) return { refusal: `explicit deny in ${article(denial.of)}-based policy` };
    const { principal, action, resource } = request;
    if (principal.kind === "administrator") return {};
    // A key that does not leave it to the account's policies must let an identity in by its own.
    const byOwn = action.startsWith("kms:") && !this.delegates(resource, action);
    const allowance = allowances.find(
      ({ statement, of }) => statement.condition(context) && (of === "resource" || !byOwn),
    );
    if (allowance === undefined) {
      const byIdentity = principal.kind === "role" && !byOwn;
      return { refusal: byIdentity ? "no identity-based policy" : "no resource-based policy" };
    }
    return allowance.grant === undefined ? {} : { grant: allowance.grant };
  }

  private finding(request: AccessRequest): Finding {
    const { principal, action, resource } = request;
    const who =
      principal.kind === "role"
        ? `${principal.roleArn}|${principal.session}`
        : principal.kind === "service"
          ? `${principal.service}|${principal.sourceArn}`
          : principal.kind;
    const key = `${who}|${action}|${resource}`;
    const known = this.findings.get(key);
    if (known !== undefined) return known;
    const found = this.find(request);
    if (this.findings.size >= MOST_FINDINGS) this.findings.clear();
    this.findings.set(key, found);
    return found;
  }

  private find({ principal, action, resource }: AccessRequest): Finding {
    const candidates = [
      ...this.ofIdentity(principal, action, resource),
      ...this.ofResource(principal, action, resource),
    ];
    return {
      denials: candidates.filter(({ statement }) => statement.effect === "Deny"),
      allowances: candidates.filter(({ statement }) => statement.effect === "Allow"),
      context: this.known(principal),
    };
  }

  private ofIdentity(principal: Principal, action: string, resource: string): readonly Candidate[] {
    if (principal.kind !== "role") return [];
    const role = this.roles.get(principal.roleArn);
    return [...(role?.policies ?? [])].flatMap(([name, statements]) =>
      statements.flatMap((statement, index): Candidate[] => {
        const [byAction, byResource] = [meant(statement.actions, action), meant(statement.resources, resource)];
        if (byAction === undefined || byResource === undefined) return [];
        const place = { policy: name, statement: index, action: byAction, resource: byResource };
        if (statement.effect === "Deny") return [{ statement, of: "identity" }];
        return [{ statement, of: "identity", grant: this.usage.grant(principal.roleArn, place) }];
      }),
    );
  }

  private ofResource(principal: Principal, action: string, resource: string): readonly Candidate[] {
    return this.resources
      .of(resource)
      .filter(
        ({ actions, resources, principals, effect }) =>
          meant(actions, action) !== undefined &&
          meant(resources, resource) !== undefined &&
          this.names(principals, principal, effect),
      )
      .map((statement) => ({ statement, of: "resource" }));
  }

  /** An account stands for all of its identities where it is denied something; where it is allowed, each needs leave of its own. */
  private names(principals: Principals | undefined, principal: Principal, effect: "Allow" | "Deny"): boolean {
    if (principals === undefined || principals.everyone) return true;
    if (principal.kind === "anonymous") return false;
    if (principal.kind === "service") return principals.services.includes(principal.service);
    if (effect === "Deny" && principals.accounts.includes(this.accountId)) return true;
    if (principal.kind === "administrator") return false;
    return principals.arns.some((arn) => arn === principal.roleArn || arn === sessionArn(principal));
  }

  /** Whether a key leaves it to the account's policies who may do this with it. */
  private delegates(keyArn: string, action: string): boolean {
    return this.resources
      .of(keyArn)
      .some(
        ({ effect, principals, actions }) =>
          effect === "Allow" &&
          principals?.accounts.includes(this.accountId) === true &&
          meant(actions, action) !== undefined,
      );
  }

  private known(principal: Principal): AccessContext {
    const account = [this.accountId];
    // The endpoint stands for one that speaks TLS.
    const always = { "aws:securetransport": ["true"], "aws:resourceaccount": account };
    if (principal.kind === "service") {
      const { service, sourceArn } = principal;
      return {
        ...always,
        "aws:principalisawsservice": ["true"],
        "aws:principalservicename": [service],
        "aws:sourceaccount": account,
        "aws:sourceowner": account,
        ...(sourceArn !== "" && { "aws:sourcearn": [sourceArn] }),
      };
    }
    if (principal.kind === "anonymous") return { ...always, "aws:principalisawsservice": ["false"] };
    const principalArn = principal.kind === "role" ? principal.roleArn : `arn:aws:iam::${this.accountId}:user/local`;
    return {
      ...always,
      "aws:principalisawsservice": ["false"],
      "aws:principalaccount": [accountOf(principalArn)],
      "aws:principalarn": [principalArn],
    };
  }
}

function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}

function article(kind: Candidate["of"]): "an identity" | "a resource" {
  return kind === "identity" ? "an identity" : "a resource";
}
