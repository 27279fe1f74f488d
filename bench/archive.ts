import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** A function as it is deployed. */
export interface DeployedFunction {
  /** Name of the handler. */
  readonly service: string;
  /** Path in the archive to content. */
  readonly files: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

/** How a fresh process took an archive in. */
export interface Load {
  /** From before `require` until the handler is there. */
  readonly loadMs: number;
  /** Of the whole process, Node's own start included. */
  readonly cpuMs: number;
}

export function archiveKb({ files }: Pick<DeployedFunction, "files">): number {
  return bytes(files) / 1024;
}

/** About what is sent to Lambda: an archive is compressed with the same method. */
export function compressedKb({ files }: Pick<DeployedFunction, "files">): number {
  return gzipSync(Object.values(files).join("")).length / 1024;
}

function bytes(files: Readonly<Record<string, string>>): number {
  return Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** Writes an archive below a folder, and answers where. */
export function unpacked({ service, files }: DeployedFunction, below: string): string {
  const folder = join(below, service);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Loads an unpacked archive in a fresh process with the function's own environment; none: an empty process. */
export function load(folder?: string, environment: Readonly<Record<string, string>> = {}): Load {
  const script = join(__dirname, "loadArchive.cjs");
  const options = { env: { ...environment }, encoding: "utf8" } as const;
  const { stdout, stderr } = spawnSync(process.execPath, [script, ...(folder === undefined ? [] : [folder])], options);
  try {
    return JSON.parse(stdout) as Load;
  } catch {
    throw new Error(`${folder ?? "An empty process"} could not be loaded: ${stderr.trim()}`);
  }
}
