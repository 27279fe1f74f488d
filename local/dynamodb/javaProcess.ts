import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { javaCommand } from "./javaCommand";

/** DynamoDB Local in a Java of its own, which listens. */
export interface JavaProcess {
  /** For example `http://127.0.0.1:41213`. */
  readonly endpoint: string;
  readonly child: ChildProcess;
  /** Settles when the process is gone, with the reason if it went by itself. */
  readonly ended: Promise<string>;
  /** Ends the process, by force after `patienceMs`. */
  terminate(patienceMs: number): Promise<void>;
  /** Removes its temporary files. */
  removeScratch(): void;
}

export interface Launching {
  /** Ends the process at once. */
  readonly signal?: AbortSignal;
  /** By how much it gives way to other processes, 0 to 19. @default 0 */
  readonly niceness?: number;
}

/** Half a second on a machine that has nothing else to do. */
const READY_WITHIN_MS = 60_000;

/**
 * Starts DynamoDB Local on a free port, in memory. Rejects when it ends before it listens.
 *
 * @param options what Java is told before the place of its temporary files: flags and the class path
 */
export async function launchJava(
  options: readonly string[],
  { signal, niceness = 0 }: Launching = {},
): Promise<JavaProcess> {
  const port = await freePort();
  const scratch = mkdtempSync(join(tmpdir(), "orderflow-dynamodb-"));
  const command = [`-Djava.io.tmpdir=${scratch}`, ...options, ...SERVER, "-port", String(port)];
  const stdio: StdioOptions = ["ignore", "ignore", "pipe"];
  const child = spawn(javaCommand(), command, { stdio, killSignal: "SIGKILL", ...(signal && { signal }) });
  if (niceness > 0 && child.pid !== undefined) setPriority(child.pid, niceness);
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2_000)));
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      // One that runs and is ended by the signal says so too, before it is gone.
      if (child.pid === undefined) resolve(error.code === "ENOENT" ? NO_JAVA : error.message);
    });
    child.once("exit", (code) => resolve(javaComplaint(complaint, code)));
  });
  const removeScratch = (): void => rmSync(scratch, { recursive: true, force: true });
  try {
    await Promise.race([
      accepting(port),
      ended.then((why) => {
        throw new Error(why);
      }),
    ]);
  } catch (error) {
    child.kill("SIGKILL");
    removeScratch();
    throw error;
  }
  const terminate = (patienceMs: number): Promise<void> => terminated(child, ended, patienceMs);
  return { endpoint: `http://127.0.0.1:${port}`, child, ended, terminate, removeScratch };
}

const SERVER = ["-inMemory", "-disableTelemetry"];

const NO_JAVA =
  "Java is missing: DynamoDB Local needs Java 17 or later. " +
  "Install it (Debian, Ubuntu: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk) or set JAVA_HOME.";

function javaComplaint(complaint: string, code: number | null): string {
  if (complaint.includes("UnsupportedClassVersionError")) {
    return NO_JAVA.replace("Java is missing", "Java is too old");
  }
  return `DynamoDB Local ended with code ${code}: ${complaint.trim() || "it said nothing"}`;
}

/** SIGTERM takes 0.4 s; SIGKILL would leave a library in the temporary folder, so it comes last. */
async function terminated(child: ChildProcess, ended: Promise<string>, patienceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const hard = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  await ended;
  clearTimeout(hard);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function accepting(port: number): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    if (await accepts(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`DynamoDB Local did not listen on port ${port} within ${READY_WITHIN_MS / 1000} s.`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve((socket.destroy(), true)));
    socket.once("error", () => resolve((socket.destroy(), false)));
  });
}
