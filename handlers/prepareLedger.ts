import { roleStatements } from "./ledger/roles";
import { log } from "./telemetry";

/** The database's first user, who may make others. */
export interface DatabaseAdministrator {
  execute(statement: string): Promise<void>;
}

/** Makes the roles that everybody else comes to the database as; at each deployment, before the migrations. */
export function prepareLedger({ administrator }: { readonly administrator: DatabaseAdministrator }) {
  return async (): Promise<{ readonly statements: number }> => {
    const statements = roleStatements();
    for (const statement of statements) await administrator.execute(statement);
    log("info", "The ledger's roles are there.", { statements: statements.length });
    return { statements: statements.length };
  };
}
