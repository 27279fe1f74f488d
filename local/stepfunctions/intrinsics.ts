import { createHash, randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { follow, isPath, type Scope } from "./jsonPath";
import { StatesError } from "./statesError";

/** A parsed argument: a value, a path to follow, or another call. */
type Argument = { readonly value: unknown } | { readonly path: string } | IntrinsicCall;

/** A call such as `States.Format('Order {}', $.orderId)`. */
export interface IntrinsicCall {
  readonly name: string;
  readonly args: readonly Argument[];
}

type Intrinsic = (...args: readonly never[]) => unknown;

const HASHES: Readonly<Record<string, string>> = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

/**
 * The intrinsic functions that have a stand-in. Not among them: States.ArrayPartition, States.ArrayRange,
 * States.MathRandom. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  "States.Array": (...values: unknown[]) => values,
  "States.ArrayContains": (list: unknown[], value: unknown) => list.some((one) => isDeepStrictEqual(one, value)),
  "States.ArrayGetItem": (list: unknown[], index: number) => list[index],
  "States.ArrayLength": (list: unknown[]) => list.length,
  "States.ArrayUnique": (list: unknown[]) =>
    list.filter((value, at) => list.findIndex((one) => isDeepStrictEqual(one, value)) === at),
  "States.Base64Encode": (text: string) => Buffer.from(text).toString("base64"),
  "States.Base64Decode": (text: string) => Buffer.from(text, "base64").toString(),
  "States.Format": format,
  "States.Hash": (value: unknown, algorithm: string) =>
    createHash(HASHES[algorithm] ?? algorithm)
      .update(typeof value === "string" ? value : JSON.stringify(value))
      .digest("hex"),
  "States.JsonMerge": (first: object, second: object, _deep: false) => ({ ...first, ...second }),
  "States.JsonToString": (value: unknown) => JSON.stringify(value),
  "States.MathAdd": (first: number, second: number) => first + second,
  "States.StringSplit": (text: string, separators: string) => splitAtAny(text, separators),
  "States.StringToJson": (text: string) => JSON.parse(text) as unknown,
  "States.UUID": () => randomUUID(),
};

/** Parses a call; throws an error that says what is wrong with it or has no stand-in. */
export function parseIntrinsic(text: string): IntrinsicCall {
  const parser = new Parser(text);
  const call = parser.call();
  parser.end();
  return call;
}

/** Evaluates a call. What it cannot compute is States.IntrinsicFailure. */
export function evaluate({ name, args }: IntrinsicCall, scope: Scope): unknown {
  const values = args.map((arg) => {
    if ("value" in arg) return arg.value;
    return "path" in arg ? follow(arg.path, scope) : evaluate(arg, scope);
  });
  let result: unknown;
  try {
    result = INTRINSICS[name]?.(...(values as never[]));
  } catch (error) {
    throw new StatesError("States.IntrinsicFailure", `${name}: ${(error as Error).message}`);
  }
  if (result === undefined)
    throw new StatesError("States.IntrinsicFailure", `${name} has no answer to ${JSON.stringify(values)}.`);
  return result;
}

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  call(): IntrinsicCall {
    const name = this.take(/States\.\w+/y);
    if (name === undefined) throw this.problem();
    if (INTRINSICS[name] === undefined) throw new Error(`the local runtime has no stand-in for ${name}`);
    this.expect(/\(/y);
    const args: Argument[] = [];
    if (this.take(/\)/y) !== undefined) return { name, args };
    do args.push(this.argument());
    while (this.take(/,/y) !== undefined);
    this.expect(/\)/y);
    return { name, args };
  }

  end(): void {
    this.take(/\s*/y);
    if (this.at < this.text.length) throw this.problem();
  }

  private argument(): Argument {
    const quoted = this.take(/'(?:[^'\\]|\\.)*'/y);
    if (quoted !== undefined) return { value: quoted.slice(1, -1).replaceAll(/\\(['\\])/g, "$1") };
    const literal = this.take(/-?\d+(?:\.\d+)?|true|false|null/y);
    if (literal !== undefined) return { value: JSON.parse(literal) as unknown };
    const path = this.take(/\$(?:'[^']*'|\[[^\]]*\]|[^,()\s[])*/y);
    if (path === undefined) return this.call();
    if (!isPath(path)) throw new Error(`the local runtime cannot follow the path ${path}`);
    return { path };
  }

  private take(pattern: RegExp): string | undefined {
    const spaces = /\s*/y;
    spaces.lastIndex = this.at;
    spaces.test(this.text);
    pattern.lastIndex = spaces.lastIndex;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at = pattern.lastIndex;
    return found;
  }

  private expect(pattern: RegExp): void {
    if (this.take(pattern) === undefined) throw this.problem();
  }

  private problem(): Error {
    return new Error(`"${this.text}" is not an intrinsic function at character ${this.at + 1}`);
  }
}

/** Replaces each `{}`; `\{` and `\}` are braces. */
function format(template: string, ...values: unknown[]): string {
  let next = 0;
  const text = template.replaceAll(/\\([{}])|\{\}/g, (_, brace: string | undefined) => {
    if (brace !== undefined) return brace;
    if (next >= values.length) throw new Error(`"${template}" has more places than values`);
    const value = values[next++];
    return typeof value === "string" ? value : JSON.stringify(value);
  });
  if (next < values.length) throw new Error(`"${template}" has fewer places than values`);
  return text;
}

function splitAtAny(text: string, separators: string): string[] {
  const parts: string[] = [""];
  for (const character of text) {
    if (separators.includes(character)) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${character}`);
  }
  return parts;
}
