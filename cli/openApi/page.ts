import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiDocument } from "../../contracts/api/document";

/** Where the page keeps the document: the element with this id holds it as JSON. */
export const DOCUMENT_ELEMENT = "openapi";

/**
 * What the page may load: nothing but what stands in it. It may call the API, on AWS or on this machine, when somebody
 * tries an operation.
 */
const CONTENT_SECURITY_POLICY = [
  ...["default-src 'none'", "script-src 'unsafe-inline'", "style-src 'unsafe-inline'", "img-src data:"],
  "connect-src https://*.amazonaws.com http://127.0.0.1:* http://localhost:*",
].join("; ");

/**
 * The API's document as a page for people, in one file that needs no network. Swagger UI shows it: version 5.17.14, the
 * last one that installs nothing else and runs no script when it is installed.
 */
export function apiPage(document: ApiDocument): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Orderflow API</title>
<link rel="icon" href="data:,">
<!-- ${asset("NOTICE").trim()}. Apache License 2.0, https://www.apache.org/licenses/LICENSE-2.0 -->
<style>${asset("swagger-ui.css")}</style>
<style>${STYLE}</style>
</head>
<body>
<div id="api"></div>
<script type="application/json" id="${DOCUMENT_ELEMENT}">${inScript(JSON.stringify(document), "\\u003c")}</script>
<script>${inScript(asset("swagger-ui-bundle.js"), "\\x3c")}</script>
<script>${START}</script>
</body>
</html>
`;
}

const START = `
const apiDocument = JSON.parse(document.getElementById("${DOCUMENT_ELEMENT}").textContent);
SwaggerUIBundle({
  dom_id: "#api",
  spec: apiDocument,
  validatorUrl: "none",
  docExpansion: "list",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  showCommonExtensions: true,
});
`;

/** Inline code that reads as part of its sentence, and no lines that run across a whole screen. */
const STYLE = `
body { margin: 0; }
.swagger-ui .wrapper { max-width: 1100px; }
.swagger-ui .info { margin: 24px 0; }
.swagger-ui .info p { line-height: 1.5; }
.swagger-ui .markdown code, .swagger-ui .renderedMarkdown code {
  padding: 1px 3px; color: inherit; background: #eef0f3; font-weight: 400;
}
.swagger-ui .parameters-col_name { width: 190px; white-space: nowrap; }
.swagger-ui .response-col_links { display: none; }
.swagger-ui .response-col_description .renderedMarkdown p { margin: 0 0 4px; }
`;

/** A file of Swagger UI, without the name of a map that is not there. */
function asset(name: string): string {
  const folder = join(require.resolve("swagger-ui-dist/package.json"), "..");
  return readFileSync(join(folder, name), "utf8").replace(/\n?(?:\/\/|\/\*)# sourceMappingURL=\S+(?: ?\*\/)?\s*$/, "");
}

/**
 * Keeps a text from ending the script element that it stands in
 * (https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements): within a string
 * of JSON or JavaScript, `\x3c` and `\u003c` are `<`.
 */
function inScript(text: string, less: "\\x3c" | "\\u003c"): string {
  return text.replace(/<(?=!--|\/?script)/gi, () => less);
}
