import type { ApiDocument } from "../../contracts/api/document";

const HEADER = "// Made of docs/openapi.json by npm run openapi.\n\n";

/** The types that the client in client/ is written with: TypeScript, one declaration file. */
export async function clientTypes(document: ApiDocument): Promise<string> {
  const { default: openApiTypes, astToString } = await import("openapi-typescript");
  const types = await openApiTypes(JSON.stringify(document), { alphabetize: false });
  return HEADER + astToString(types);
}
