import type { JsonPlace } from "./jsonPlace";

/** A JSON Schema of draft 4, free of what API Gateway ignores, its references turned to {@link modelsId}. */
export type ModelSchema = Record<string, unknown>;

/** The identifier under which the models of an API are known to its schemas. */
export const modelsId = "models";

/**
 * What API Gateway drops from a model when it imports an OpenAPI document; beside these, the formats below.
 * `minItems` and `maxItems` are said to be "not included in simple request validation" after an import.
 * Here they are enforced: nobody could confirm the sentence, and a function must check the body anyway.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const ignored = [
  ...["exclusiveMinimum", "nullable", "default", "example", "readOnly", "writeOnly", "deprecated", "discriminator"],
  ...["xml", "externalDocs"],
];
const ignoredFormats = ["int32", "int64", "decimal", "float", "double", "byte", "binary", "password"];

/** https://datatracker.ietf.org/doc/html/draft-fge-json-schema-validation-00, and nothing later. */
const plainKeywords = [
  ...["title", "description", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "maxLength", "minLength"],
  ...["pattern", "maxItems", "minItems", "uniqueItems", "maxProperties", "minProperties", "required", "enum", "type"],
  ...["format", "$schema", "id"],
];

/**
 * Reads a schema as API Gateway does. A keyword that draft 4 does not know (`const`, `examples`, …) is refused,
 * as on AWS: "Invalid model schema specified. Unsupported keyword(s)".
 *
 * @param warn called for every keyword that is merely ignored
 */
export function readModelSchema(place: JsonPlace, warn: (keyword: JsonPlace) => void): ModelSchema {
  const read = (part: JsonPlace): ModelSchema => readModelSchema(part, warn);
  const schema: ModelSchema = {};
  for (const [keyword, value] of place.members()) {
    if (isIgnored(keyword, value)) warn(value);
    else if (plainKeywords.includes(keyword)) schema[keyword] = value.value;
    else if (keyword === "$ref") schema[keyword] = readReference(value);
    else if (["properties", "patternProperties", "definitions"].includes(keyword)) {
      schema[keyword] = Object.fromEntries(value.members().map(([name, part]) => [name, read(part)]));
    } else if (["allOf", "anyOf", "oneOf"].includes(keyword)) {
      schema[keyword] = value.elements().map((part) => readInline(part, read));
    } else if (["items", "not", "additionalItems", "additionalProperties"].includes(keyword)) {
      schema[keyword] = readOneOrMany(value, read);
    } else if (!keyword.startsWith("x-")) {
      value.refuse("is no keyword of JSON Schema draft 4, which API Gateway's models are written in.");
    }
  }
  return schema;
}

function isIgnored(keyword: string, value: JsonPlace): boolean {
  if (keyword === "exclusiveMinimum" && typeof value.value !== "boolean") {
    value.refuse(
      "must be a boolean beside minimum in JSON Schema draft 4, and API Gateway ignores even that: use minimum.",
    );
  }
  return ignored.includes(keyword) || (keyword === "format" && ignoredFormats.includes(String(value.value)));
}

function readReference(place: JsonPlace): string {
  const name = /^#\/components\/schemas\/(.+)$/.exec(place.text() ?? "")?.[1];
  if (name === undefined)
    place.refuse('must be "#/components/schemas/<name>": API Gateway follows no other reference.');
  return `${modelsId}#/definitions/${name ?? ""}`;
}

function readInline(place: JsonPlace, read: (part: JsonPlace) => ModelSchema): ModelSchema {
  if (place.isObject() && place.get("$ref").exists) {
    place
      .get("$ref")
      .refuse("must not be inside allOf, anyOf or oneOf: API Gateway wants the schema written out there.");
  }
  return read(place);
}

function readOneOrMany(place: JsonPlace, read: (part: JsonPlace) => ModelSchema): unknown {
  if (typeof place.value === "boolean") return place.value;
  return Array.isArray(place.value) ? place.elements().map(read) : read(place);
}
