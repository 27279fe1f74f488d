import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What an object holds, wherever it lies. */
export interface Body {
  readonly length: number;
  read(): Buffer;
}

/**
 * The bodies of objects, one after the other in a temporary file, so that memory does not grow with them. What a deletion
 * takes away stays in it until the end.
 */
export class BodyFile {
  private descriptor: number | undefined;
  private end = 0;

  keep(bytes: Buffer): Body {
    const [at, length] = [this.end, bytes.length];
    const descriptor = (this.descriptor ??= openNameless());
    for (let written = 0; written < length;) {
      written += writeSync(descriptor, bytes, written, length - written, at + written);
    }
    this.end += length;
    return new FiledBody(this, at, length);
  }

  /** After this nothing can be read any more. */
  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  /** The bytes that begin there. */
  read(at: number, length: number): Buffer {
    if (this.descriptor === undefined) throw new Error("The objects are gone: their file is closed.");
    const bytes = Buffer.allocUnsafe(length);
    for (let read = 0; read < length;) read += readSync(this.descriptor, bytes, read, length - read, at + read);
    return bytes;
  }
}

/** A class, because there is one for each object: a function of each would take twice the memory. */
class FiledBody implements Body {
  constructor(
    private readonly file: BodyFile,
    private readonly at: number,
    readonly length: number,
  ) {}

  read(): Buffer {
    return this.file.read(this.at, this.length);
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
