import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** The configuration of one stack as a program receives it: full keys to texts. */
export interface Configuration {
  readonly project: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** What Pulumi.yaml may say of a setting (https://www.pulumi.com/docs/iac/concepts/projects/project-file/). */
interface Declaration {
  readonly type?: "string" | "boolean" | "integer" | "array" | "object";
  readonly default?: unknown;
  readonly secret?: boolean;
  readonly value?: unknown;
}

/**
 * Reads a stack's configuration as the Pulumi CLI would: declared defaults of Pulumi.yaml, then the
 * stack's own file, then `overrides` (`key=value`, a key without a namespace belongs to the project).
 * Throws one error that lists every problem.
 */
export function readConfiguration(folder: string, stack: string, overrides: readonly string[]): Configuration {
  const problems: string[] = [];
  const file = join(folder, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) throw new Error(`There is no stack "${stack}": ${file} does not exist.`);
  const project = readYaml(join(folder, "Pulumi.yaml")) as { name: string; config?: Record<string, unknown> };
  const declarations = Object.entries(project.config ?? {}).map(([key, value]) => [key, declaration(value)] as const);
  const full = (key: string): string => (key.includes(":") ? key : `${project.name}:${key}`);

  const config: Record<string, string> = {};
  for (const [key, { value, default: fallback }] of declarations) {
    const given = value ?? fallback;
    if (given !== undefined) config[full(key)] = text(given);
  }
  const own = (readYaml(file) as { config?: Record<string, unknown> } | null)?.config ?? {};
  for (const [key, value] of Object.entries(own)) {
    if (isEncrypted(value)) problems.push(`${key} is encrypted in ${file}: give it with --set ${key}=VALUE`);
    else config[full(key)] = text(value);
  }
  for (const override of overrides) {
    const at = override.indexOf("=");
    if (at < 1) problems.push(`--set takes KEY=VALUE, not "${override}"`);
    else config[full(override.slice(0, at))] = override.slice(at + 1);
  }
  problems.push(...unknownKeys(config, project.name, new Map(declarations.map(([key, d]) => [full(key), d]))));
  if (problems.length > 0) throw new Error(`Stack "${stack}": ${problems.join("; ")}.`);
  const secretKeys = declarations.filter(([, { secret }]) => secret === true).map(([key]) => full(key));
  return { project: project.name, config, secretKeys };
}

/** The CLI would pass an undeclared key on and the program would ignore it: a typing mistake gone unseen. */
function unknownKeys(
  config: Readonly<Record<string, string>>,
  project: string,
  declared: ReadonlyMap<string, Declaration>,
): string[] {
  const known = [...declared.keys()].filter((key) => key.startsWith(`${project}:`));
  return Object.keys(config)
    .filter((key) => key.startsWith(`${project}:`) && !declared.has(key))
    .map(
      (key) =>
        `"${key.slice(project.length + 1)}" is no setting (known: ${known.map((k) => k.split(":")[1]).join(", ")})`,
    );
}

function declaration(value: unknown): Declaration {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : { value };
}

function isEncrypted(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
