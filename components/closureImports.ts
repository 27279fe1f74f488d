/** A serialised closure in two modules, of which the first is the entry. */
export interface HoistedSource {
  /** An ES module: imports what the closure imports, and exports the `handler` that the closure makes of it. */
  readonly entry: string;
  /** CommonJS: a function from the imports to the closure's exports. It is no ES module, for serialised code uses `with`. */
  readonly closure: string;
}

/** How the entry names the closure. */
export const CLOSURE_MODULE = "closure:body";

/**
 * `{ a, b: c } = await import("spec")`, as compilers leave it: TypeScript's as it is written, esbuild's minified and with
 * the default export unwrapped.
 */
const NAMED_IMPORT = /\{([\w$\s,:]*)\}(\s*=\s*)await import\("([^"]+)"\)(?:\.then\([\w$]+=>\{[^{}]*\}\))?/g;

/**
 * Turns the dynamic imports of a serialised closure into static ones. A bundler cannot shake what is reached by
 * `import()` or `require()`, because the whole module is a value then; of an entry's static imports it keeps what is
 * used. An import in any other form stays as it is, and only costs size.
 */
export function hoistImports(source: string): HoistedSource {
  const imports: string[] = [];
  const values: string[] = [];
  const body = source.replaceAll(NAMED_IMPORT, (_, names: string, assigned: string, specifier: string) => {
    const index = values.length;
    const imported = names.split(",").map((name) => (name.split(":")[0] ?? "").trim());
    const aliases = imported.filter(Boolean).map((name, position) => [name, `${name}_${index}_${position}`] as const);
    const list = aliases.map(([name, alias]) => `${name} as ${alias}`).join(", ");
    imports.push(`import { ${list} } from ${JSON.stringify(specifier)};\n`);
    values.push(`{ ${aliases.map(([name, alias]) => `${name}: ${alias}`).join(", ")} }`);
    return `{${names}}${assigned}imports[${index}]`;
  });
  return {
    entry:
      `import closure from ${JSON.stringify(CLOSURE_MODULE)};\n${imports.join("")}` +
      `export const { handler } = closure([${values.join(", ")}]);\n`,
    closure: `module.exports = (imports) => { const exports = {};\n${body}\nreturn exports; };\n`,
  };
}
