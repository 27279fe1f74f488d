import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** A file of the page as it goes to the browser. */
export interface PageFile {
  readonly contentType: string;
  readonly body: Buffer;
  /** Compressed already. */
  readonly gzipped: boolean;
  readonly tag: string;
}

const ROOT = join(__dirname, "..", "..", "..");
const PAGE = join(ROOT, "console");
const CACHE = join(ROOT, "node_modules", ".cache", "orderflow", "console");
const FONT = join(ROOT, "node_modules", "@fontsource-variable", "inter", "files", "inter-latin-wght-normal.woff2");

const TYPES = { js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8" } as const;

/**
 * The page's own files. They are bundled when somebody first asks, and kept on disk until a source or the installed
 * packages change, so that a start of the pipeline never waits for them.
 */
export class PageFiles {
  private built: Promise<ReadonlyMap<string, PageFile>> | undefined;

  /** By path, for example `/console.js`. */
  async find(path: string): Promise<PageFile | undefined> {
    this.built ??= build();
    return (await this.built).get(path);
  }

  async all(): Promise<ReadonlyMap<string, PageFile>> {
    this.built ??= build();
    return this.built;
  }
}

async function build(): Promise<ReadonlyMap<string, PageFile>> {
  const [script, style] = await Promise.all([bundled("js"), bundled("css")]);
  const index = readFileSync(join(PAGE, "page", "index.html"));
  return new Map([
    ["/console.js", await packed(script, TYPES.js)],
    ["/console.css", await packed(style, TYPES.css)],
    ["/index.html", await packed(index, "text/html; charset=utf-8")],
    ["/inter.woff2", asItIs(readFileSync(FONT), "font/woff2")],
    ["/icon.svg", await packed(readFileSync(join(PAGE, "page", "icon.svg")), "image/svg+xml")],
  ]);
}

async function bundled(kind: keyof typeof TYPES): Promise<Buffer> {
  const file = join(CACHE, `${fingerprint()}.${kind}`);
  if (existsSync(file)) return readFileSync(file);
  const { build: bundle } = await import("esbuild");
  const { outputFiles } = await bundle({
    entryPoints: [join(PAGE, "page", kind === "js" ? "main.tsx" : "style/main.css")],
    ...{ bundle: true, minify: true, write: false, format: "esm", target: "es2022", logLevel: "silent" },
    ...{ jsx: "automatic", jsxImportSource: "preact", external: ["/inter.woff2"], legalComments: "none" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const text = Buffer.from(outputFiles[0]?.contents ?? []);
  keep(file, text);
  return text;
}

/** A folder that cannot be written costs time at the next start, nothing else. */
function keep(file: string, text: Buffer): void {
  try {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    return;
  }
}

/** Of everything that decides over the bundles: the page's sources, what they take from contracts, and the packages. */
function fingerprint(): string {
  const digest = createHash("sha256");
  const files = [...filesIn(PAGE), ...filesIn(join(ROOT, "contracts")), join(ROOT, "package-lock.json")];
  for (const file of files) digest.update(file).update(readFileSync(file));
  return digest.digest("hex").slice(0, 32);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesIn(path) : [path];
    });
}

async function packed(text: Buffer, contentType: string): Promise<PageFile> {
  const body = await promisify(gzip)(text, { level: 9 });
  return { contentType, body, gzipped: true, tag: tagOf(text) };
}

function asItIs(body: Buffer, contentType: string): PageFile {
  return { contentType, body, gzipped: false, tag: tagOf(body) };
}

function tagOf(text: Buffer): string {
  return `"${createHash("sha256").update(text).digest("hex").slice(0, 16)}"`;
}
