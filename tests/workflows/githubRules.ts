import type { validate } from "@actions/languageservice" with { "resolution-mode": "import" };
import type { TextDocument } from "vscode-languageserver-textdocument";
import { buildSync } from "esbuild";

/** GitHub's own language service for workflows. */
interface LanguageService {
  readonly validate: typeof validate;
  readonly TextDocument: typeof TextDocument;
}

let loaded: LanguageService | undefined;
let asked = 0;

/** What GitHub would say to a workflow or action: keys, values, expressions and what they refer to. Each has its line. */
export async function complaintsAbout(path: string, text: string): Promise<string[]> {
  loaded ??= load();
  // It keeps what it has parsed by address, whatever the text.
  const document = loaded.TextDocument.create(`file:///${++asked}/${path}`, "yaml", 1, text);
  const diagnostics = await loaded.validate(document);
  return diagnostics.map(({ message, range }) => {
    const said = typeof message === "string" ? message : message.value;
    return `${path}:${range.start.line + 1}: ${said}`;
  });
}

/**
 * The package is made for bundlers: its modules import JSON in a way that no Node takes, so it has to be bundled before
 * it can be loaded.
 */
function load(): LanguageService {
  const contents =
    'export { validate } from "@actions/languageservice"; export { TextDocument } from "vscode-languageserver-textdocument";';
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: __dirname },
    ...{ bundle: true, platform: "node", format: "cjs", write: false, logLevel: "silent" },
  });
  const module = { exports: {} as LanguageService };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the bundle of installed packages
  new Function("module", "exports", "require", outputFiles[0]?.text ?? "")(module, module.exports, require);
  return module.exports;
}
