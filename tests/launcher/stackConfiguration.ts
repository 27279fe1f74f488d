import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** What `pulumi config set` was told before a run; a secret one with `--secret`. */
export interface GivenSetting {
  readonly key: string;
  readonly value: string;
  readonly secret?: boolean;
}

/** A stack's configuration as the CLI hands it to the language host. */
export interface StackConfiguration {
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly runtimeOptions: Readonly<Record<string, unknown>>;
}

interface Declaration {
  readonly type?: string;
  readonly items?: unknown;
  readonly description?: string;
  readonly secret?: boolean;
  readonly default?: unknown;
  readonly value?: unknown;
}

interface Project {
  readonly name: string;
  readonly runtime: { readonly name: string; readonly options?: Readonly<Record<string, unknown>> };
  readonly config: Readonly<Record<string, Declaration>>;
}

/**
 * Merges Pulumi.yaml and the stack's file by the CLI's own rules, and refuses what it refuses: a declaration that is none
 * of its schema, a setting without a value, a value that is not of the declared type.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/workspace/config.go and project.json beside it
 */
export function stackConfiguration(
  folder: string,
  stack: string,
  given: readonly GivenSetting[] = [],
): StackConfiguration {
  const project = projectOf(folder);
  const own = parse(readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8")) as { config?: Record<string, unknown> };
  const full = (key: string): string => (key.includes(":") ? key : `${project.name}:${key}`);
  const values = new Map(Object.entries(own.config ?? {}));
  for (const { key, value } of given) values.set(full(key), value);

  const missing: string[] = [];
  for (const [key, declaration] of Object.entries(project.config)) {
    refuseDeclaration(key, declaration);
    const fallback = declaration.default ?? declaration.value;
    if (!values.has(full(key)) && fallback !== undefined) values.set(full(key), fallback);
    if (!values.has(full(key))) missing.push(key);
    else if (!isOf(declaration.type, values.get(full(key)))) {
      throw new Error(`Stack '${stack}' with configuration key '${key}' must be of type '${declaration.type}'`);
    }
  }
  if (missing.length > 0) {
    throw new Error(`Stack '${stack}' is missing configuration values ${missing.map((key) => `'${key}'`).join(", ")}`);
  }
  return {
    config: Object.fromEntries([...values].map(([key, value]) => [key, text(value)])),
    secretKeys: given.filter(({ secret }) => secret === true).map(({ key }) => full(key)),
    runtimeOptions: project.runtime.options ?? {},
  };
}

/** What Pulumi.yaml says of how the program is run. */
export function runtimeOf(folder: string): Project["runtime"] {
  return projectOf(folder).runtime;
}

function projectOf(folder: string): Project {
  return parse(readFileSync(join(folder, "Pulumi.yaml"), "utf8")) as Project;
}

const DECLARED = ["type", "items", "description", "secret", "default", "value"];

function refuseDeclaration(key: string, declaration: Declaration): void {
  const strange = Object.keys(declaration).filter((field) => !DECLARED.includes(field));
  if (strange.length > 0) throw new Error(`Pulumi.yaml: config ${key} has ${strange.join(", ")}, unknown to the CLI.`);
  const { type, items } = declaration;
  if (type !== undefined && !["string", "integer", "boolean", "array"].includes(type)) {
    throw new Error(`Pulumi.yaml: config ${key} has the type ${type}, unknown to the CLI.`);
  }
  if (type === "array" && items === undefined) throw new Error(`Pulumi.yaml: config ${key} is an array without items.`);
}

function isOf(type: string | undefined, value: unknown): boolean {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "integer":
      return Number.isInteger(value) || (typeof value === "string" && /^[+-]?\d+$/.test(value));
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "array":
      return Array.isArray(value);
    case undefined:
    default:
      return true;
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
