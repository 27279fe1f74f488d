import type * as pulumi from "@pulumi/pulumi";

/** Whether a table can be lost. */
export interface TableProtection {
  /** Whether AWS and Pulumi both refuse to delete the table. */
  readonly protectData: boolean;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const TABLE_NAME_MAX = 255;

/** What every table has: pay per request, restorable to any second of the last 35 days, encrypted. */
export function safeTable({ protectData }: TableProtection) {
  return {
    billingMode: "PAY_PER_REQUEST",
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true },
    deletionProtectionEnabled: protectData,
  } as const;
}

/** Options of a table's resource. */
export function protection({ protectData }: TableProtection): Pick<pulumi.CustomResourceOptions, "protect"> {
  return { protect: protectData };
}
