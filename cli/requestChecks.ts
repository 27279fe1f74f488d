import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Ajv, { type AnySchema } from "ajv";
import standaloneCode from "ajv/dist/standalone";
import { PlaceOrderBody } from "../contracts/schemas";

/** Where the code lies that checks the body of POST /orders. */
export const PLACE_ORDER_CHECK = join(__dirname, "../handlers/compiled/placeOrderBody.ts");

/**
 * Code that checks the body of POST /orders, made ahead of time: a function that starts has neither a schema to build nor
 * a validator to load, https://ajv.js.org/standalone.html.
 */
export function placeOrderCheck(): string {
  const ajv = new Ajv({ allErrors: true, messages: false, code: { source: true, esm: true, lines: true } });
  const made = standaloneCode(ajv, ajv.compile(plain(PlaceOrderBody)));
  return [
    "// @ts-nocheck",
    "// Made by `npm run request-checks` out of contracts/schemas.ts; do not edit.",
    ...made
      .split("\n")
      .filter((line) => !LEFT_OUT.test(line))
      .map((line) => line.replace(REQUIRED, 'import $1 from "$2";')),
    'export default validate10 as import("ajv").ValidateFunction;',
    "",
  ].join("\n");
}

/** What JavaScript alone needs, and the schema itself, which nothing reads. */
const LEFT_OUT = /^("use strict";|export |const schema\d+ = |$)/;

/** A function of ajv that the code calls. */
const REQUIRED = /^const (\w+) = require\("([^"]+)"\)\.default;$/;

/** Without what TypeBox keeps for itself. */
function plain(schema: object): AnySchema {
  return JSON.parse(JSON.stringify(schema)) as AnySchema;
}

/** `npm run request-checks`: writes the code anew. */
function main(): void {
  mkdirSync(dirname(PLACE_ORDER_CHECK), { recursive: true });
  writeFileSync(PLACE_ORDER_CHECK, placeOrderCheck());
  console.log("Wrote handlers/compiled/placeOrderBody.ts.");
}

if (require.main === module) main();
