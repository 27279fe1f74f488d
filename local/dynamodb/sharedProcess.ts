import { startDatabase, type DatabaseProcess, type DatabaseProcessOptions } from "./databaseProcess";

/**
 * Who starts one pipeline after another, as tests do, may let their databases live in one Java process: to start one
 * costs three seconds of a processor, and a process that has run for a while is twice as fast. What is kept stays apart,
 * because DynamoDB Local keeps tables by the access key that a call names.
 */

let sharing = false;
let shared: Promise<DatabaseProcess> | undefined;
let opened = 0;

/** From now on one process serves all databases that are opened here. It ends with this process. */
export function shareDatabaseProcess(): void {
  sharing = true;
}

/** A database of one's own and empty; the process behind it is one's own too, unless it is shared. */
export async function openDatabase(options: DatabaseProcessOptions = {}): Promise<DatabaseProcess> {
  if (!sharing) return startDatabase(options);
  shared ??= start();
  const { endpoint, ended } = await shared;
  return { endpoint, ended, accessKeyId: `shared${++opened}`, stop: () => Promise.resolve() };
}

async function start(): Promise<DatabaseProcess> {
  const forget = (): void => void (shared = undefined);
  try {
    const process = await startDatabase({ lasting: "untilExit" });
    void process.ended.then(forget);
    return process;
  } catch (error) {
    forget();
    throw error;
  }
}
