import type { UsageRecord } from "../../local/iam/usageFile";
import { UNUSED, type UnusedGrant } from "./exceptions";

/** One action on one resource of a role, over all that was recorded. */
export interface RolePermission {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly uses: number;
  /** Why it may go unused. */
  readonly exception?: UnusedGrant;
}

/** What somebody asked for in vain, over all that was recorded. */
export interface DeniedCall {
  /** A role's name, or a service. */
  readonly who: string;
  readonly action: string;
  readonly resource: string;
  readonly refusal: string;
  readonly count: number;
}

/** All records, added up. */
export interface PermissionReport {
  readonly permissions: readonly RolePermission[];
  readonly denied: readonly DeniedCall[];
  /** Exceptions for what is used after all, or granted to nobody. */
  readonly stale: readonly UnusedGrant[];
}

/** Adds up what several runtimes saw; in which order they ended does not matter. */
export function permissionReport(
  records: readonly UsageRecord[],
  exceptions: readonly UnusedGrant[] = UNUSED,
): PermissionReport {
  const permissions = new Map<string, RolePermission>();
  const denied = new Map<string, DeniedCall>();
  for (const { grants, denials } of records) {
    for (const { roleArn, action, resource, uses } of grants) {
      const role = roleName(roleArn);
      const key = [role, action, resource].join(" ");
      permissions.set(key, { role, action, resource, uses: uses + (permissions.get(key)?.uses ?? 0) });
    }
    for (const { principal, action, resource, refusal, count } of denials) {
      const who = roleName(principal);
      const key = [who, action, resource, refusal].join(" ");
      denied.set(key, { who, action, resource, refusal, count: count + (denied.get(key)?.count ?? 0) });
    }
  }
  const all = [...permissions.values()].map((permission) => withException(permission, exceptions));
  return {
    permissions: all.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    denied: [...denied.values()],
    stale: exceptions.filter((exception) => !all.some((one) => one.uses === 0 && one.exception === exception)),
  };
}

/** What is granted, used by nothing, and not excused. */
export function unused({ permissions }: PermissionReport): readonly RolePermission[] {
  return permissions.filter(({ uses, exception }) => uses === 0 && exception === undefined);
}

/**
 * What was denied to roles and services. Administrators are told no by a resource's own denial alone, which is meant; and
 * so are strangers who call the API, which no role of the program does.
 */
export function missing({ denied }: PermissionReport): readonly DeniedCall[] {
  return denied.filter(({ who, action }) => who !== "administrator" && action !== "execute-api:Invoke");
}

function withException(permission: RolePermission, exceptions: readonly UnusedGrant[]): RolePermission {
  if (permission.uses > 0) return permission;
  const exception = exceptions.find(
    ({ action, role = "" }) => action === permission.action && permission.role.endsWith(role),
  );
  return exception === undefined ? permission : { ...permission, exception };
}

function keyOf({ role, action, resource }: RolePermission): string {
  return `${role} ${action} ${resource}`;
}

function roleName(principal: string): string {
  return principal.split(":role/")[1] ?? principal;
}

/** The end of an ARN, which is all that tells the resources of one account apart. */
export function shortArn(arn: string): string {
  return arn.split(":").slice(5).join(":") || arn;
}
