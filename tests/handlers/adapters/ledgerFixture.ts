import { ledgerDatabase, type LedgerDatabase } from "../../../handlers/adapters/ledgerPool";
import { ledgerPartitions } from "../../../handlers/adapters/ledgerPartitions";
import { ledgerSchema } from "../../../handlers/adapters/ledgerSchema";
import { MIGRATIONS } from "../../../handlers/ledger/migrations/migrations";
import { roleStatements } from "../../../handlers/ledger/roles";
import { maintainPartitions } from "../../../handlers/maintainPartitions";
import { freePort, startPostgres, type PostgresProcess } from "../../../local/rds/postgresProcess";

interface Opened {
  readonly database: LedgerDatabase;
  readonly postgres: PostgresProcess;
}

let opened: Promise<Opened> | undefined;

/** A migrated ledger in a real PostgreSQL, with the partitions of March to June 2026: one for all tests of a file, so each takes a tenant of its own. */
export async function openLedger(): Promise<LedgerDatabase> {
  opened ??= open();
  return (await opened).database;
}

/** Ends it after the last test of a file; the next file of the same process opens one of its own. */
export async function closeLedger(): Promise<void> {
  if (opened === undefined) return;
  const { database, postgres } = await opened;
  opened = undefined;
  await database.pool.end();
  await postgres.stop();
}

async function open(): Promise<Opened> {
  const postgres = await startPostgres(await freePort());
  const database = connect(postgres.port);
  for (const statement of roleStatements()) await database.query(statement);
  await ledgerSchema(database, MIGRATIONS).migrate();
  await maintainPartitions({ partitions: ledgerPartitions(database) })(new Date("2026-03-15T12:00:00Z"));
  return { database, postgres };
}

/** The adapter asks the environment for a region, and for whether the server speaks TLS; this one does not. */
function connect(port: number): LedgerDatabase {
  const { PGSSLMODE, AWS_REGION } = process.env;
  Object.assign(process.env, { PGSSLMODE: "disable", AWS_REGION: AWS_REGION ?? "eu-central-1" });
  try {
    return ledgerDatabase({ host: "127.0.0.1", port, database: "ledger", role: "owner" });
  } finally {
    if (PGSSLMODE === undefined) delete process.env["PGSSLMODE"];
    if (AWS_REGION === undefined) delete process.env["AWS_REGION"];
  }
}
