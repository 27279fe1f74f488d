import { apiDocument } from "../../contracts/api/document";
import { apiPage } from "./page";
import { clientTypes } from "./clientTypes";

/** A file that is made of the API's document; `path` is below the project's folder. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** The files that `npm run openapi` writes, as they should be now. */
export async function openApiFiles(): Promise<readonly GeneratedFile[]> {
  const document = apiDocument();
  return [
    { path: "docs/openapi.json", text: `${JSON.stringify(document, null, 2)}\n` },
    { path: "docs/api.html", text: apiPage(document) },
    { path: "client/schema.d.ts", text: await clientTypes(document) },
  ];
}
