import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * What objects hold, one after the other in a temporary file, so that memory does not grow with them. What a deletion
 * takes away stays in it until the end.
 */
export class ContentFile {
  private descriptor: number | undefined;
  private end = 0;

  /** Answers where the bytes begin. */
  keep(bytes: Buffer): number {
    const at = this.end;
    const descriptor = (this.descriptor ??= openNameless());
    for (let written = 0; written < bytes.length;) {
      written += writeSync(descriptor, bytes, written, bytes.length - written, at + written);
    }
    this.end += bytes.length;
    return at;
  }

  /** After this nothing can be read any more. */
  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  /** A copy of the bytes that begin there. */
  read(at: number, length: number): Buffer {
    if (this.descriptor === undefined) throw new Error("The objects are gone: their file is closed.");
    const bytes = Buffer.allocUnsafe(length);
    for (let read = 0; read < length;) read += readSync(this.descriptor, bytes, read, length - read, at + read);
    return bytes;
  }
}

/** A file without a name ends with this process, however that ends. */
function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), "orderflow-s3-"));
  const descriptor = openSync(join(folder, "bodies"), "wx+", 0o600);
  try {
    rmSync(folder, { recursive: true });
  } catch {
    // Where an open file cannot be removed, it is left to whoever tidies temporary files.
  }
  return descriptor;
}
