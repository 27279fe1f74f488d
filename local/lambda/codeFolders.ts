import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Archive } from "../resource";

/** Where the archives of functions are unpacked: a folder each, under one temporary folder. */
export class CodeFolders {
  private root: string | undefined;

  /** Writes the files byte for byte and answers their folder. */
  write(functionName: string, { files }: Archive): string {
    this.root ??= mkdtempSync(join(tmpdir(), "orderflow-lambda-"));
    const folder = join(this.root, functionName);
    mkdirSync(folder);
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return folder;
  }

  remove(): void {
    if (this.root !== undefined) rmSync(this.root, { recursive: true, force: true });
    this.root = undefined;
  }
}
