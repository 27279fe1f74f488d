import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";

/** Bytes of a bundle by where they come from: a package's name, or a folder of the project. */
export type BundleContents = Readonly<Record<string, number>>;

const FOLDER = join(__dirname, "..", "node_modules", ".cache", "orderflow", "contents");

/** Notes what esbuild says of a bundle, for {@link contentsOf}. */
export function noteContents(code: string, { outputs }: Metafile): void {
  const contents: Record<string, number> = {};
  for (const [path, { bytesInOutput }] of Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs))) {
    const origin = originOf(path);
    contents[origin] = (contents[origin] ?? 0) + bytesInOutput;
  }
  try {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(fileOf(code), JSON.stringify(contents));
  } catch {
    // Only reports miss it.
  }
}

/** What a bundle is made of, when it was made in this folder; by its code. */
export function contentsOf(code: string): BundleContents | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(code), "utf8")) as BundleContents;
  } catch {
    return undefined;
  }
}

function fileOf(code: string): string {
  return join(FOLDER, `${createHash("sha256").update(code).digest("hex")}.json`);
}

function originOf(path: string): string {
  const within = path.split("node_modules/").at(-1) ?? path;
  if (within === path) return path.split("/")[0] ?? path;
  const [scope = "", name = ""] = within.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}
