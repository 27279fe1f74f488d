import type { HttpRefusal, HttpRequest } from "../contracts/http";
import type { Operation } from "../contracts/operations";
import { problem, type Violation } from "../contracts/problems";

/** A query as its operation declares it, as far as it is right. */
export interface Query {
  /** By name; absent are parameters that were not given, or not as they must be. */
  readonly values: ReadonlyMap<string, string>;
  /** Everything that is wrong with the query. */
  readonly violations: readonly Violation[];
}

/**
 * Holds a request's query against the parameters that an operation declares. A parameter that it does not know is a
 * mistake and not ignored, because a filter that was misspelt would otherwise answer something else than was asked
 * for. So is one that came twice. Of the schemas it knows `type`, `enum` and the bounds of lengths and whole numbers.
 */
export function readQuery(
  { query, repeatedQuery = [] }: Pick<HttpRequest, "query" | "repeatedQuery">,
  { parameters }: Operation,
): Query {
  const schemas = new Map(
    parameters.filter(({ in: where }) => where === "query").map(({ name, schema }) => [name, schema]),
  );
  const values = new Map<string, string>();
  const violations: Violation[] = [];
  for (const [name, value] of Object.entries(query)) {
    const schema = schemas.get(name);
    const detail =
      schema === undefined
        ? `Expected no other parameter than ${[...schemas.keys()].join(", ")}`
        : repeatedQuery.includes(name)
          ? "Expected one value"
          : mistakeIn(value, schema);
    if (detail === undefined) values.set(name, value);
    else violations.push({ pointer: pointerTo(name), detail });
  }
  return { values, violations };
}

/** Most violations that one answer lists. */
const MOST_VIOLATIONS = 100;

/** A refusal that lists what is wrong with a query. */
export function invalidQuery(violations: readonly Violation[]): HttpRefusal {
  const detail = `The query has ${violations.length} mistake(s), listed in errors.`;
  return { problem: problem("invalid-request", detail, violations.slice(0, MOST_VIOLATIONS)) };
}

/** The pointer of a violation in a query parameter; without a name, of one in the query as a whole. */
export function pointerTo(name?: string): string {
  return name === undefined ? "/query" : `/query/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** What {@link readQuery} knows of JSON Schema. */
interface ParameterSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

const WHOLE_NUMBER = /^(?:0|[1-9]\d*)$/;

function mistakeIn(text: string, schema: ParameterSchema): string | undefined {
  const { type, enum: words, minLength = 0, maxLength = Infinity, minimum = 0, maximum = Infinity } = schema;
  if (type === "integer") {
    const fits = WHOLE_NUMBER.test(text) && Number(text) >= minimum && Number(text) <= maximum;
    return fits ? undefined : `Expected a whole number from ${minimum} to ${maximum}`;
  }
  if (words !== undefined && !words.includes(text)) return `Expected one of ${words.join(", ")}`;
  // Characters, as JSON Schema counts them, and not halves of some.
  const { length } = [...text];
  const fits = length >= minLength && length <= maxLength;
  return fits ? undefined : `Expected ${minLength} to ${maxLength} characters`;
}
