import type { ErrorObject } from "ajv";

/**
 * Says what a body violates in the words that API Gateway uses in `$context.error.validationErrorString`:
 * those of the Java library json-schema-validator,
 * https://github.com/java-json-tools/json-schema-validator/blob/master/src/main/resources/com/github/fge/jsonschema/validator/validation.properties
 *
 * As there, a value that is wrong itself is not looked into any further.
 */
export function violations(errors: readonly ErrorObject[]): readonly string[] {
  const own = errors.filter(
    ({ keyword, schemaPath }) => keyword !== "$ref" && !/\/(anyOf|oneOf|not)\/\d+\//.test(schemaPath),
  );
  const places = new Set(own.map(({ instancePath }) => instancePath));
  const shallow = own.filter(({ instancePath }) => !hasAncestorIn(places, instancePath));
  const groups = new Map<string, ErrorObject[]>();
  for (const error of shallow) {
    const key = `${error.instancePath} ${error.schemaPath}`;
    groups.set(key, [...(groups.get(key) ?? []), error]);
  }
  return [...groups.values()].flatMap((group) => describe(group));
}

function hasAncestorIn(places: ReadonlySet<string>, instancePath: string): boolean {
  for (let end = instancePath.lastIndexOf("/"); end >= 0; end = instancePath.lastIndexOf("/", end - 1)) {
    if (places.has(instancePath.slice(0, end))) return true;
    if (end === 0) return false;
  }
  return false;
}

type Describe = (error: ErrorObject, group: readonly ErrorObject[]) => string;

const json = (value: unknown): string => JSON.stringify(value);
const names = (group: readonly ErrorObject[], parameter: string): string =>
  json(group.map(({ params }) => String((params as Record<string, unknown>)[parameter])).sort());
const limit = ({ params }: ErrorObject): string => String((params as { limit: unknown }).limit);
const sizeOf = (value: unknown): number =>
  typeof value === "string" ? [...value].length : Object.keys(value as object).length;

const descriptions: Readonly<Record<string, Describe>> = {
  required: (_, group) => `object has missing required properties (${names(group, "missingProperty")})`,
  additionalProperties: (_, group) =>
    `object instance has properties which are not allowed by the schema: ${names(group, "additionalProperty")}`,
  type: ({ data, schema }) =>
    `instance type (${typeName(data)}) does not match any allowed primitive type (allowed: ${json(allowedTypes(schema))})`,
  enum: ({ data, schema }) => `instance value (${json(data)}) not found in enum (possible values: ${json(schema)})`,
  minimum: (error) =>
    `numeric instance is lower than the required minimum (minimum: ${limit(error)}, found: ${String(error.data)})`,
  maximum: (error) =>
    `numeric instance is greater than the required maximum (maximum: ${limit(error)}, found: ${String(error.data)})`,
  multipleOf: ({ data, schema }) => `remainder of division is not zero (${String(data)} / ${String(schema)})`,
  minLength: (error) =>
    `string ${json(error.data)} is too short (length: ${sizeOf(error.data)}, required minimum: ${limit(error)})`,
  maxLength: (error) =>
    `string ${json(error.data)} is too long (length: ${sizeOf(error.data)}, maximum allowed: ${limit(error)})`,
  pattern: ({ data, schema }) => `ECMA 262 regex ${json(schema)} does not match input string ${json(data)}`,
  format: ({ data, schema }) => `string ${json(data)} is invalid against requested format ${json(schema)}`,
  minItems: (error) =>
    `array is too short: must have at least ${limit(error)} elements but instance has ${sizeOf(error.data)} elements`,
  maxItems: (error) =>
    `array is too long: must have at most ${limit(error)} elements but instance has ${sizeOf(error.data)} elements`,
  uniqueItems: () => "array must not contain duplicate elements",
  minProperties: (error) =>
    `object has too few properties (found ${sizeOf(error.data)} but schema requires at least ${limit(error)})`,
  maxProperties: (error) =>
    `object has too many properties (found ${sizeOf(error.data)} but schema requires at most ${limit(error)})`,
  anyOf: ({ schema }) => `instance failed to match at least one required schema among ${(schema as unknown[]).length}`,
  oneOf: ({ schema }) =>
    `instance failed to match exactly one schema (matched 0 out of ${(schema as unknown[]).length})`,
  not: () => "instance matched a schema which it should not have",
};

function describe(group: readonly ErrorObject[]): string | readonly never[] {
  const [first] = group;
  if (first === undefined) return [];
  return descriptions[first.keyword]?.(first, group) ?? (first.message as string);
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function allowedTypes(schema: unknown): readonly string[] {
  const types = (Array.isArray(schema) ? schema : [schema]).map(String);
  return (types.includes("number") ? [...types, "integer"] : types).sort();
}
