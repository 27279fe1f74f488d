import { Kysely, Migrator, PostgresDialect, sql, type Migration } from "kysely";
import type { LedgerSchema } from "../migrateLedger";
import type { LedgerDatabase } from "./ledgerPool";

/**
 * Runs migrations with Kysely's Migrator, which takes them as values and so from a bundle: each once, in the order of their
 * names, all in one transaction, under a lock, so that two deployments at once do no harm
 * (https://kysely-org.github.io/kysely-apidoc/classes/Migrator.html). What ran is kept in `ledger.kysely_migration`.
 */
export function ledgerSchema(database: LedgerDatabase, migrations: Readonly<Record<string, string>>): LedgerSchema {
  return {
    async migrate() {
      const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: database.pool }) });
      const migrator = new Migrator({
        db,
        provider: { getMigrations: async () => asMigrations(migrations) },
        migrationTableSchema: "ledger",
      });
      const { error, results = [] } = await migrator.migrateToLatest();
      const failed = results.find(({ status }) => status === "Error");
      if (error !== undefined) {
        const reason = error instanceof Error ? error.message : JSON.stringify(error);
        const which = failed === undefined ? "The migrations" : `The migration ${failed.migrationName}`;
        throw new Error(`${which} failed: ${reason}`, { cause: error });
      }
      return results.map(({ migrationName }) => migrationName);
    },
  };
}

function asMigrations(texts: Readonly<Record<string, string>>): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      {
        async up(db) {
          await sql.raw(text).execute(db);
        },
      } satisfies Migration,
    ]),
  );
}
