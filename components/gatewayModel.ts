/** A schema as API Gateway takes it. */
export type GatewayModel = Readonly<Record<string, unknown>>;

/**
 * What JSON Schema draft 4 and API Gateway both know, so that a model means there what it means here:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 * `minItems` and `maxItems` may go unchecked by the gateway after an import, which does no harm: handlers check again.
 */
const PLAIN = new Set([
  ...["type", "description", "enum", "required", "pattern", "minLength", "maxLength"],
  ...["minimum", "maximum", "multipleOf", "minItems", "maxItems", "uniqueItems"],
]);

/**
 * Makes a model of one of our schemas. Throws when the schema says something that the gateway would refuse or
 * ignore, because then the API would promise what nobody checks before the handler.
 */
export function gatewayModel(schema: object): GatewayModel {
  return Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, converted(keyword, value)]));
}

function converted(keyword: string, value: unknown): unknown {
  if (PLAIN.has(keyword)) return value;
  if (keyword === "additionalProperties" && typeof value === "boolean") return value;
  if (keyword === "items" && isObject(value)) return gatewayModel(value);
  if (keyword === "properties" && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, property]) => [name, gatewayModel(property as object)]),
    );
  }
  throw new Error(`API Gateway cannot check "${keyword}: ${JSON.stringify(value)}": say it in JSON Schema draft 4.`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
