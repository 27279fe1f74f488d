import type { BuildOptions, Metafile } from "esbuild";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { BundleCache } from "./bundleCache";
import { noteContents } from "./bundleContents";
import { BundleShop } from "./bundleShop";
import { withoutPackages } from "./sourceMap";

/** A function's code as it is deployed: one file, and the map from it to the project's own sources. */
export interface Bundle {
  readonly code: string;
  /** Names the project's files and lines; without their texts, and without third-party code. */
  readonly map: string;
}

/**
 * Bundles a module with everything that it imports, minified. `source` is text that stands beside the
 * components: its relative imports start there. The same sources give the same bytes, on every machine.
 * A second call with unchanged sources, in this process or a later one, reads the answer from
 * node_modules/.cache/orderflow/.
 */
export async function bundle(source: string, cache = sharedCache()): Promise<Bundle> {
  const known = cache.find(source);
  if (known !== undefined) return known;
  shop ??= new BundleShop({ ...OPTIONS, absWorkingDir: ROOT, write: false, metafile: true }, SOURCE_FILE);
  const { outputFiles = [], metafile } = await shop.make(source);
  const file = (name: string): string => outputFiles.find(({ path }) => path === join(ROOT, name))?.text ?? "";
  const made = { code: file("index.js"), map: withoutPackages(file("index.js.map")) };
  cache.keep(source, made, ownInputs(metafile));
  noteContents(made.code, metafile);
  return made;
}

/** The archive that Lambda gets: `index.js`, whose `handler` is called, and its map. */
export function archiveOf({ code, map }: Bundle): pulumi.asset.Archive {
  return new pulumi.asset.AssetArchive({
    "index.js": new pulumi.asset.StringAsset(code),
    "index.js.map": new pulumi.asset.StringAsset(map),
  });
}

const ROOT = join(__dirname, "..");

/** What a source stands for: a file beside the components. */
const SOURCE_FILE = "components/closure.js";

let shop: BundleShop | undefined;

const OPTIONS: BuildOptions = {
  bundle: true,
  platform: "node",
  // Lambda runs Node 24; the local runtime runs the same bytes on whatever starts it, from Node 20 on.
  target: "node20",
  format: "cjs",
  // The SDK's ES modules can be shaken, its CommonJS build cannot.
  mainFields: ["module", "main"],
  alias: {
    "@aws-sdk/credential-provider-node": "./handlers/adapters/functionCredentials.ts",
    "@smithy/core/event-streams": "./handlers/adapters/noEventStreams.ts",
  },
  // Names of classes and functions are not kept: that would be a tenth of a cold start. Errors of ours say theirs themselves.
  minify: true,
  legalComments: "none",
  sourcemap: "linked",
  // All that is imported late is Node's own: `require` has it at once, and V8 can keep the compiled code of a file without.
  supported: { "dynamic-import": false },
  sourcesContent: false,
  outfile: "index.js",
  // Bundles must not change with the compiler's settings of the project.
  tsconfigRaw: { compilerOptions: { target: "es2022", strict: true, alwaysStrict: false } },
  logLevel: "silent",
};

function ownInputs(metafile: Metafile): string[] {
  return Object.keys(metafile.inputs).filter(
    (path) => !path.startsWith("<") && !path.includes(":") && !path.endsWith(SOURCE_FILE),
  );
}

let shared: BundleCache | undefined;

/** The files that make bundles what they are. */
const MAKERS = ["bundle.ts", "bundleContents.ts", "bundleShop.ts", "closureImports.ts", "sourceMap.ts"];

/** The cache of this project, whose key is what decides over a bundle beside its sources: how it is made, and with which packages. */
function sharedCache(): BundleCache {
  const { version } = JSON.parse(readFileSync(require.resolve("esbuild/package.json"), "utf8")) as { version: string };
  const makers = MAKERS.map((file) => readFileSync(join(__dirname, file), "utf8"));
  shared ??= new BundleCache(ROOT, JSON.stringify([version, OPTIONS, makers, installedPackages()]));
  return shared;
}

/** npm's record of what is installed; other package managers keep none, and then times and sizes of files must do. */
function installedPackages(): string {
  const record = join(ROOT, "node_modules", ".package-lock.json");
  return existsSync(record) ? readFileSync(record, "utf8") : "";
}
