import fc from "fast-check";
import type { JsonSchema } from "./documentedApi";

/** JSON Schema as far as the API's parameters and bodies use it. */
interface KnownSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Without control characters and halves of characters, which the service refuses in texts that it keeps. */
const READABLE = /^[^\p{Cc}\p{Cs}]*$/u;
const MOST_CHARACTERS = 200;

/**
 * Right values for a text or a number of the document, its bounds often. Throws for any other schema, so that none
 * goes untried unnoticed.
 */
export function valuesFor(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, enum: words, minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema as KnownSchema;
  if (words !== undefined) return fc.constantFrom(...words);
  if (type === "integer")
    return fc.oneof(fc.constantFrom(minimum, maximum), fc.integer({ min: minimum, max: maximum }));
  if (type === "string") return textsFor(schema);
  throw new Error(`The fuzzer knows no values for ${JSON.stringify(schema)}.`);
}

/** Right texts; lengths are counted in characters, as JSON Schema counts them. */
export function textsFor({ pattern, minLength = 0, maxLength = MOST_CHARACTERS }: KnownSchema): fc.Arbitrary<string> {
  const fits = (text: string): boolean =>
    READABLE.test(text) && [...text].length >= minLength && [...text].length <= maxLength;
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern)).filter(fits);
  const longest = ["a", "ä", "語", "😀"].map((character) => character.repeat(maxLength));
  return fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit: "grapheme", minLength, maxLength }).filter(fits) },
    { weight: 1, arbitrary: fc.constantFrom(...longest) },
  );
}
