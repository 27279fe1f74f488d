import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

/**
 * A PostgreSQL in a process of its own, because it runs as WebAssembly and blocks its event loop while it works. Listens
 * on the port that is its argument, tells its parent that it is ready, and ends with it.
 */
async function main(): Promise<void> {
  const port = Number(process.argv[2]);
  const db = await PGlite.create();
  // The role by which RDS knows users that IAM admits.
  await db.exec("create role rds_iam");
  const server = new PGLiteSocketServer({ db, port, host: "127.0.0.1", maxConnections: MOST_CONNECTIONS });
  await server.start();
  process.send?.("ready");
}

/** All share one session, so more would only wait. */
const MOST_CONNECTIONS = 64;

process.on("disconnect", () => process.exit(0));
// Its parent decides when it ends, on a signal to the whole group too.
process.on("SIGINT", () => undefined);

main().catch((error: Error) => {
  process.send?.(error.message);
  process.exit(1);
});
