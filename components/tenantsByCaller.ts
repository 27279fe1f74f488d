import * as pulumi from "@pulumi/pulumi";
import type { Tenant } from "../contracts/tenant";
import { roleKeyOf } from "../contracts/tenantRole";

/** Tenant by what the gateway tells of a caller: the id of an API key, or the key of a role. */
export type TenantsByCaller = pulumi.Output<Record<string, string>>;

/** Tenants by their roles, for an API that takes signed requests; those without a role are left out. */
export function tenantsByRole(tenants: readonly Tenant[]): TenantsByCaller {
  const pairs = tenants.map(({ name, roleArn = "" }) => [roleKeyOf(roleArn), name] as const);
  return pulumi.output(Object.fromEntries(pairs.filter(([key]) => key !== undefined)) as Record<string, string>);
}
