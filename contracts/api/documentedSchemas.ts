import { API_SCHEMAS, type ApiSchemaName } from "./schemas";

/** A reference to one of the document's schemas. */
export function schemaReference(name: ApiSchemaName): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

/** The shapes of the API as JSON Schema, in which one that stands within another is only referred to. */
export function documentedSchemas(): Readonly<Record<string, unknown>> {
  const names = new Map(Object.entries(API_SCHEMAS).map(([name, schema]) => [JSON.stringify(schema), name]));
  return Object.fromEntries(
    Object.entries(API_SCHEMAS).map(([name, schema]) => [name, within(JSON.parse(JSON.stringify(schema)), names)]),
  );
}

/** A copy of a part of a schema, with references to the schemas that stand in it. */
function within(part: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(part)) return part.map((element) => within(element, names));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      const name = names.get(JSON.stringify(value));
      return [key, name === undefined ? within(value, names) : schemaReference(name as ApiSchemaName)];
    }),
  );
}
