import { fork, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";

/** PostgreSQL (PGlite) in memory, which speaks its wire protocol on a port of this machine; without TLS, and to anybody. */
export interface PostgresProcess {
  readonly port: number;
  /** Settles when the process ends by itself. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/** Starts PostgreSQL on a port that is free; takes about two seconds and half a gigabyte. */
export async function startPostgres(port: number): Promise<PostgresProcess> {
  const child = fork(join(__dirname, "postgresChild.ts"), [String(port)], {
    execArgv: ["--require", join(__dirname, "..", "..", "register.cjs")],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2_000)));
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code) =>
      resolve(`PostgreSQL ended with code ${code}: ${complaint.trim() || "it said nothing"}`),
    );
  });
  try {
    await Promise.race([ready(child), failure(ended)]);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  return { port, ended, stop: () => end(child, ended) };
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`PostgreSQL did not start within ${READY_WITHIN_MS / 1000} s.`)),
      READY_WITHIN_MS,
    );
    child.once("exit", () => clearTimeout(late));
    child.once("message", (message: string) => {
      clearTimeout(late);
      if (message === "ready") resolve();
      else reject(new Error(`PostgreSQL did not start: ${message}`));
    });
  });
}

async function failure(ended: Promise<string>): Promise<never> {
  throw new Error(await ended);
}

/** It keeps nothing, so there is nothing to be gentle with. */
async function end(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await ended;
}
