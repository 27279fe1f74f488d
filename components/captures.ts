/**
 * What a closure captured that must not be deployed: each variable, and what it is. Reads the text of
 * `pulumi.runtime.serializeFunction`, which keeps to few forms: `var __x = …` and statements that
 * extend it, a `function` for every captured function or class, and `const x = require("…")` for a module.
 *
 * Allowed are Outputs (as the object that Pulumi puts in their place) and values that JSON can hold.
 */
export function refusedCaptures(serialized: string): string[] {
  const functions = new Map([...serialized.matchAll(FUNCTION)].map((match) => [match[1] ?? "", functionIn(match)]));
  const statements = serialized.replace(FUNCTION, "").split("\n").map(withoutStrings);
  const root = functions.get(/^exports\.handler = (\S+)\(\);$/m.exec(serialized)?.[1] ?? "");
  if (root === undefined) throw new Error("The text of a serialised closure has another form than this program knows.");

  const modules = statements.flatMap((line) => /^(?:const|import \* as|import) (\S+).*require\(/.exec(line)?.[1] ?? []);
  const values = Object.entries(root.captures).flatMap(([variable, value]) => {
    const what = PROVIDED_BY_COMPILER.has(variable) ? undefined : refusal(value, { functions, statements });
    return what === undefined ? [] : [`${variable} (${what})`];
  });
  // A captured function brings its own modules along; they go when it goes.
  return values.length > 0 ? values : modules.map((variable) => `${variable} (a module)`);
}

/** esbuild wraps named functions in this helper, to keep their names through minification. */
const PROVIDED_BY_COMPILER = new Set(["__name"]);

const FUNCTION =
  /^function (\S+)\(.*\) \{\n {2}return \(function\(\) \{\n {4}with\(\{ (.*) \}\) \{\n\nreturn ([\s\S]*?);\n\n {4}\}\n {2}\}\)\.apply\((.*), .*\)\.apply\(this, arguments\);\n\}$/gm;

interface SerializedFunction {
  /** Variable to the expression that stands for its value; texts emptied. */
  readonly captures: Readonly<Record<string, string>>;
  readonly code: string;
}

function functionIn([, , scope = "", code = "", self = ""]: RegExpMatchArray): SerializedFunction {
  const pairs = [...withoutStrings(scope).matchAll(/([\w$]+): ([^,]*)(?:, |$)/g)].map(
    ([, key = "", value = ""]) => [key, value] as const,
  );
  return { captures: { ...Object.fromEntries(pairs), this: self, arguments: "undefined" }, code };
}

/** What an expression stands for when it is neither an Output nor plain; follows the variables that it is made of. */
function refusal(
  expression: string,
  text: { readonly functions: ReadonlyMap<string, SerializedFunction>; readonly statements: readonly string[] },
  seen = new Set<string>(),
): string | undefined {
  if (/\bglobal\b/.test(expression)) return `the built-in ${/global\.([\w.]+)/.exec(expression)?.[1] ?? "value"}`;
  if (/\bnew RegExp\b/.test(expression)) return "a regular expression";
  for (const variable of expression.match(/\b__\w+/g) ?? []) {
    if (seen.has(variable)) continue;
    seen.add(variable);
    const code = text.functions.get(variable)?.code;
    if (code !== undefined && !isOutputMethod(code)) return describe(code);
    for (const statement of text.statements.filter((line) => about(variable, line))) {
      const what = refusal(statement, text, seen);
      if (what !== undefined) return what;
    }
  }
  return undefined;
}

/** Whether a statement defines or extends the variable: `var __x = …`, `__x.y = …`, `Object.defineProperty(__x, …`. */
function about(variable: string, statement: string): boolean {
  return new RegExp(String.raw`^(?:var |Object\.\w+\()?${variable}\b`).test(statement);
}

/** The methods of what Pulumi deploys in place of an Output. */
function isOutputMethod(code: string): boolean {
  return /^function \/\*(constructor|apply|get)\*\/\(\w*\) ?\{\s*(this\.value ?= ?value|throw new Error\("'apply' is not allowed|return this\.value)/.test(
    code,
  );
}

function describe(code: string): string {
  const name = /^(?:async )?function \/\*(\w+)\*\//.exec(code)?.[1];
  if (name === "constructor") return "a class or an instance of one";
  return name === undefined ? "a function" : `the function ${name}`;
}

function withoutStrings(line: string): string {
  return line.startsWith("const ") || line.startsWith("import ") ? line : line.replace(/"(?:[^"\\]|\\.)*"/g, '""');
}
