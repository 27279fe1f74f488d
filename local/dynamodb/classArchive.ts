import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { useEverything } from "./everydayCalls";
import { javaCommand } from "./javaCommand";
import type { JavaProcess, Launching } from "./javaProcess";

/** Something that goes on beside, and can be given up. */
export interface Making {
  /** Resolves when it is over; what was not finished is gone. */
  stop(): Promise<void>;
}

/** Starts DynamoDB Local with these options of Java and this class path. */
export type Launch = (options: readonly string[], launching: Launching) => Promise<JavaProcess>;

const CACHE = join(__dirname, "..", "..", "node_modules", ".cache", "orderflow", "java");
const MAIN = "software.amazon.dynamodb.services.local.main.ServerRunner";
/** What is started now has the machine for itself until then. */
const MAKE_AFTER_MS = 8_000;
/** Of the wall: writing the archive takes three seconds. */
const WRITTEN_WITHIN_MS = 60_000;
const NICEST = 19;

/**
 * The classes of DynamoDB Local as Java has read and checked them, in a file that later starts map into memory: without it
 * that is two fifths of what a start costs. https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html
 *
 * Java takes no archive for a class path with folders in it, and the manifest of DynamoDB Local names its own. So a copy
 * whose manifest goes by another name is kept beside the archive, and the class path is told. A Java that does not like an
 * archive starts without it.
 */
export class ClassArchive {
  private constructor(
    private readonly folder: string,
    private readonly cache: string,
    private readonly key: string,
  ) {}

  /** That of one DynamoDB Local and one Java. */
  static of(folder: string, cache: string = CACHE): ClassArchive {
    const about = [sourceOf(folder), javaFile()].map((file) => {
      const { size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {};
      return `${file} ${size} ${mtimeMs}`;
    });
    const key = createHash("sha256").update(about.join("\n")).digest("hex").slice(0, 16);
    return new ClassArchive(folder, cache, key);
  }

  /** Which classes to run: with the archive when there is one. */
  start(): readonly string[] {
    const { found } = this;
    if (found === undefined || found.size === 0) return ["-jar", sourceOf(this.folder)];
    return [`-XX:SharedArchiveFile=${found.file}`, "-Xshare:auto", ...this.classes()];
  }

  /** Whether there is an archive, or the mark that this Java writes none. */
  get isDecided(): boolean {
    return this.found !== undefined;
  }

  /** Removes the archive. Answers whether there was one. */
  forget(): boolean {
    const { found } = this;
    if (found !== undefined) rmSync(found.file, { force: true });
    return found !== undefined && found.size > 0;
  }

  /** Makes the archive when there is none, in a while and with what computing time nobody else wants. */
  makeLater(launch: Launch): Making {
    if (this.isDecided) return { stop: () => Promise.resolve() };
    const giveUp = new AbortController();
    let making: Promise<unknown> = Promise.resolve();
    const timer = setTimeout(() => {
      // Without it the next start takes as long as this one, and tries again.
      making = this.make(launch, giveUp.signal).catch(() => undefined);
    }, MAKE_AFTER_MS);
    timer.unref();
    return {
      async stop() {
        clearTimeout(timer);
        giveUp.abort();
        await making;
      },
    };
  }

  /** Makes the archive now: runs DynamoDB Local once, and has Java write what it knows at its end. */
  async make(launch: Launch, signal: AbortSignal): Promise<void> {
    const draft = join(this.cache, `${this.key}.${process.pid}.draft`);
    mkdirSync(this.cache, { recursive: true });
    this.copy();
    const java = await launch([`-XX:ArchiveClassesAtExit=${draft}`, ...this.classes()], { signal, niceness: NICEST });
    const kill = (): void => {
      java.child.kill("SIGKILL");
      java.removeScratch();
    };
    process.once("exit", kill);
    try {
      await useEverything(java.endpoint);
      await java.terminate(WRITTEN_WITHIN_MS);
      signal.throwIfAborted();
      // That there is none is kept too: a Java that writes no archive would be asked again at every start.
      if (!existsSync(draft)) writeFileSync(draft, "");
      renameSync(draft, join(this.cache, `${this.key}-${statSync(draft).size}.jsa`));
    } finally {
      kill();
      await java.ended;
      process.removeListener("exit", kill);
      java.removeScratch();
      rmSync(draft, { force: true });
    }
  }

  /** An archive has its size in its name: Java crashes over one that was cut off. Without its class path it is none. */
  private get found(): { readonly file: string; readonly size: number } | undefined {
    if (!existsSync(this.copied)) return undefined;
    const of = new RegExp(`^${this.key}-(\\d+)\\.jsa$`);
    for (const name of readdirSync(this.cache)) {
      const size = Number(of.exec(name)?.[1] ?? NaN);
      const file = join(this.cache, name);
      if (statSync(file, { throwIfNoEntry: false })?.size === size) return { file, size };
    }
    return undefined;
  }

  private get copied(): string {
    return join(this.cache, `${this.key}.jar`);
  }

  /** The class path and what to run of it. */
  private classes(): readonly string[] {
    const libraries = join(this.folder, "DynamoDBLocal_lib");
    const jars = readdirSync(libraries).filter((name) => name.endsWith(".jar"));
    const path = [this.copied, ...jars.sort().map((name) => join(libraries, name))];
    return ["-cp", path.join(delimiter), MAIN];
  }

  /** A name in an archive may be changed where it stands, if it stays as long. */
  private copy(): void {
    if (existsSync(this.copied)) return;
    const bytes = readFileSync(sourceOf(this.folder));
    const renamed = Buffer.from(
      bytes.toString("latin1").replaceAll("META-INF/MANIFEST.MF", "META-INF/MANIFEST.NO"),
      "latin1",
    );
    const draft = `${this.copied}.${process.pid}.draft`;
    writeFileSync(draft, renamed);
    renameSync(draft, this.copied);
  }
}

function sourceOf(folder: string): string {
  return join(folder, "DynamoDBLocal.jar");
}

/** The file behind the command, so that another Java has another archive. */
function javaFile(): string {
  const command = javaCommand();
  const folders = dirname(command) === "." ? (process.env["PATH"] ?? "").split(delimiter) : [dirname(command)];
  for (const folder of folders) {
    for (const name of ["java", "java.exe"]) {
      const file = join(folder, name);
      if (folder !== "" && existsSync(file)) return realpathSync(file);
    }
  }
  return command;
}
