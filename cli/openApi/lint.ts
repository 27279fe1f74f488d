import { createConfig, lintFromString } from "@redocly/openapi-core";

/**
 * What a known linter has against an OpenAPI document, one sentence for each; empty when nothing. Beside its recommended
 * rules, all of which apply, whether it calls them errors or warnings, it is asked for descriptions, for tags that are
 * declared, and for examples that fit.
 *
 * @param source JSON text
 */
export async function lintOpenApi(source: string): Promise<readonly string[]> {
  const config = await createConfig({ extends: ["recommended"], rules: STRICTER });
  const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
  return problems.map(({ ruleId, message, location }) => {
    const pointers = location.map(({ pointer }) => pointer ?? "#/").join(", ");
    return `${pointers}: ${message.trim()} (${ruleId})`;
  });
}

const STRICTER = {
  "operation-description": "error",
  "parameter-description": "error",
  "operation-tag-defined": "error",
  "no-invalid-parameter-examples": "error",
  "no-invalid-schema-examples": "error",
  "paths-kebab-case": "error",
} as const;
