import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { openApiFiles } from "./openApi/files";
import { lintOpenApi } from "./openApi/lint";

const ROOT = join(__dirname, "..");

const USAGE = `Usage: npm run openapi -- [--check]

Writes what is made of the API's operations (contracts/operations.ts): docs/openapi.json, docs/api.html and
client/schema.d.ts.

  --check   writes nothing; says what a linter has against docs/openapi.json, and fails if that is anything
  --help    this text`;

/** Runs the command. Answers whether all is well. */
async function main(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({ args: [...args], options: { check: { type: "boolean" }, help: { type: "boolean" } } });
  if (values.help === true) return (console.log(USAGE), true);
  return values.check === true ? check() : write();
}

async function write(): Promise<boolean> {
  for (const { path, text } of await openApiFiles()) {
    const file = join(ROOT, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`${path}: ${Math.ceil(Buffer.byteLength(text) / 1024)} KiB`);
  }
  return true;
}

async function check(): Promise<boolean> {
  const problems = await lintOpenApi(readFileSync(join(ROOT, "docs", "openapi.json"), "utf8"));
  for (const problem of problems) console.error(problem);
  return problems.length === 0;
}

if (require.main === module) {
  main(process.argv.slice(2)).then(
    (well) => {
      process.exitCode = well ? 0 : 1;
    },
    (error: unknown) => {
      console.error((error as Error).message);
      process.exitCode = 2;
    },
  );
}
