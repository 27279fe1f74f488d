import { log } from "./telemetry";

/** The schema of the ledger. */
export interface LedgerSchema {
  /** Runs the migrations that have not run. Answers their names. Throws when one fails; what ran before it stays. */
  migrate(): Promise<readonly string[]>;
}

export interface MigrateLedgerDeps {
  readonly schema: LedgerSchema;
  /** Makes the partitions that are needed now. */
  readonly maintain: (at: Date) => Promise<void>;
  readonly now: () => Date;
}

/** Brings the schema up to date at a deployment, and gives it its first partitions. */
export function migrateLedger({ schema, maintain, now }: MigrateLedgerDeps) {
  return async (): Promise<{ readonly migrated: readonly string[] }> => {
    const migrated = await schema.migrate();
    log("info", "The ledger's schema is up to date.", { migrated: migrated.join(", ") || "none" });
    await maintain(now());
    return { migrated };
  };
}
