import type { AccessRequest, Refusal } from "./access";
import type { PolicyStatement } from "./policyDocument";

/** One action on one resource, as a role's policy has them, and how often something was done by it. */
export interface Grant {
  readonly roleArn: string;
  /** Name of the inline policy. */
  readonly policy: string;
  /** Number of the statement in its policy, from 0. */
  readonly statement: number;
  readonly action: string;
  readonly resource: string;
  uses: number;
}

type Place = Omit<Grant, "roleArn" | "uses">;

/** What was asked for and refused. */
export interface Denial {
  /** A role's ARN, a service, or `administrator`. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly refusal: Refusal;
  count: number;
}

/** Counts what was done by which line of which role's policy, and what was refused. */
export class AccessUsage {
  private readonly grantsByKey = new Map<string, Grant>();
  private readonly denialsByKey = new Map<string, Denial>();

  /** Notes what a policy grants, each action on each resource by itself; what it granted before stays noted. */
  grants(roleArn: string, policy: string, statements: readonly PolicyStatement[]): void {
    for (const [index, { effect, actions, resources }] of statements.entries()) {
      if (effect === "Deny" || actions.inverted || resources.inverted) continue;
      for (const action of actions.patterns) {
        for (const resource of resources.patterns) {
          this.grant(roleArn, { policy, statement: index, action: action.text, resource: resource.text });
        }
      }
    }
  }

  /** The one grant of that place, to count its uses. */
  grant(roleArn: string, place: Place): Grant {
    const key = JSON.stringify([roleArn, place.policy, place.statement, place.action, place.resource]);
    const known = this.grantsByKey.get(key);
    if (known !== undefined) return known;
    const grant = { roleArn, ...place, uses: 0 };
    this.grantsByKey.set(key, grant);
    return grant;
  }

  denied({ principal, action, resource }: AccessRequest, refusal: Refusal): void {
    const who =
      principal.kind === "role" ? principal.roleArn : principal.kind === "service" ? principal.service : principal.kind;
    const key = JSON.stringify([who, action, resource, refusal]);
    const known = this.denialsByKey.get(key);
    if (known !== undefined) known.count += 1;
    else this.denialsByKey.set(key, { principal: who, action, resource, refusal, count: 1 });
  }

  get allGrants(): readonly Grant[] {
    return [...this.grantsByKey.values()];
  }

  get denials(): readonly Denial[] {
    return [...this.denialsByKey.values()];
  }
}
