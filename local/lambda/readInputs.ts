import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { RegisteredInputs } from "../resource";

/** A resource whose inputs are to be read; both the registration and the resource itself are one. */
export type Declared = Pick<RegisteredInputs, "name" | "inputs"> & { readonly type: string };

/**
 * The inputs of a resource, checked against a schema, with the schema's defaults filled in. Everything
 * that is wrong with them is reported in one error, which names the resource, the input and the value.
 */
export function readInputs<Schema extends TSchema>(schema: Schema, declared: Declared): Static<Schema> {
  const inputs: unknown = Value.Default(schema, structuredClone(declared.inputs));
  const problems = [...Value.Errors(schema, inputs)].map(
    ({ path, message, value }) => `${path.slice(1).replaceAll("/", ".")}: ${message}, not ${shown(value)}`,
  );
  if (problems.length > 0) throw refusal(declared, [...new Set(problems)].join("; "));
  return inputs;
}

/** An error that names the resource and its type. */
export function refusal({ type, name }: Pick<Declared, "type" | "name">, problem: string): Error {
  return new Error(`${type} "${name}": ${problem}.`);
}

function shown(value: unknown): string {
  return value === undefined ? "absent" : (JSON.stringify(value).slice(0, 80) ?? "");
}
