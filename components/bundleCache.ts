import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bundle } from "./bundle";

interface Entry extends Bundle {
  /** Path, from the project's folder, to what the file was when the bundle was made. */
  readonly inputs: Readonly<Record<string, string>>;
}

/**
 * Bundles made earlier, on disk. An entry is found by its source and by `key` (everything else that
 * decides over a bundle), and holds as long as no file that went into it has changed.
 */
export class BundleCache {
  private readonly folder: string;
  private readonly fingerprints = new Map<string, string>();

  /** `root` is the project's folder; entries are kept in its node_modules. */
  constructor(
    private readonly root: string,
    private readonly key: string,
  ) {
    this.folder = join(root, "node_modules", ".cache", "orderflow", "bundles");
  }

  find(source: string): Bundle | undefined {
    const entry = this.read(source);
    if (entry === undefined) return undefined;
    const unchanged = Object.entries(entry.inputs).every(([path, was]) => this.fingerprint(path) === was);
    return unchanged ? { code: entry.code, map: entry.map } : undefined;
  }

  /** `inputs` are the paths, from the project's folder, of the files that went into the bundle. */
  keep(source: string, bundle: Bundle, inputs: readonly string[]): void {
    const entry: Entry = {
      ...bundle,
      inputs: Object.fromEntries(inputs.map((path) => [path, this.fingerprint(path)])),
    };
    const file = this.file(source);
    try {
      mkdirSync(this.folder, { recursive: true });
      // Two programs may start at once: each writes a file of its own, and the rename is atomic.
      writeFileSync(`${file}.${process.pid}`, JSON.stringify(entry));
      renameSync(`${file}.${process.pid}`, file);
    } catch {
      // A folder that cannot be written (a read-only container) costs time at the next start, nothing else.
    }
  }

  private read(source: string): Entry | undefined {
    try {
      return JSON.parse(readFileSync(this.file(source), "utf8")) as Entry;
    } catch {
      return undefined;
    }
  }

  private file(source: string): string {
    const name = createHash("sha256").update(this.key).update("\0").update(source).digest("hex");
    return join(this.folder, `${name}.json`);
  }

  /** Time and size for a file of a package, whose versions the key holds; otherwise the content, which outlives a checkout. */
  private fingerprint(path: string): string {
    const known = this.fingerprints.get(path) ?? fingerprintOf(join(this.root, path));
    this.fingerprints.set(path, known);
    return known;
  }
}

function fingerprintOf(path: string): string {
  try {
    if (!path.includes("node_modules")) return createHash("sha256").update(readFileSync(path)).digest("hex");
    const { mtimeMs, size } = statSync(path);
    return `${mtimeMs}:${size}`;
  } catch {
    return "absent";
  }
}
