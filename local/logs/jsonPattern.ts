import { isFields } from "../operationInput";
import { FilterPatternError, type LineFilter } from "./filterPatternError";

type Condition = (document: unknown) => boolean;

/**
 * Reads a JSON filter pattern: comparisons of `$.path` with `=`, `!=`, `<`, `<=`, `>`, `>=` to a number or
 * a text (`*` stands for anything), `IS NULL`, `IS TRUE`, `IS FALSE`, `NOT EXISTS`, joined by `&&`, `||` and
 * parentheses. A line that is not JSON does not match, nor does a comparison with an absent field.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws FilterPatternError
 */
export function parseJsonPattern(text: string): LineFilter {
  const condition = new JsonPatternParser(tokensOf(text)).parse();
  return (message) => {
    if (!message.trimStart().startsWith("{")) return false;
    try {
      return condition(JSON.parse(message));
    } catch {
      return false;
    }
  };
}

const TOKEN = /\s*(\|\||&&|!=|<=|>=|[{}()=<>]|"(?:[^"\\]|\\.)*"|\$[^\s=!<>(){}&|]*|[^\s=!<>(){}&|"]+)/y;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const position = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new FilterPatternError(`Invalid filter pattern at "${text.slice(position)}".`);
    tokens.push(token);
  }
  return tokens;
}

class JsonPatternParser {
  private position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  parse(): Condition {
    this.expect("{");
    const condition = this.anyOf();
    this.expect("}");
    if (this.position < this.tokens.length) this.fail();
    return condition;
  }

  private anyOf(): Condition {
    const conditions = [this.allOf()];
    while (this.take("||")) conditions.push(this.allOf());
    return (document) => conditions.some((condition) => condition(document));
  }

  private allOf(): Condition {
    const conditions = [this.single()];
    while (this.take("&&")) conditions.push(this.single());
    return (document) => conditions.every((condition) => condition(document));
  }

  private single(): Condition {
    if (this.take("(")) {
      const condition = this.anyOf();
      this.expect(")");
      return condition;
    }
    const selector = this.next();
    const steps = stepsOf(selector);
    const test = this.test();
    return (document) => test(valueAt(document, steps));
  }

  private test(): (value: unknown) => boolean {
    const operator = this.next().toUpperCase();
    if (operator === "NOT") {
      this.expect("EXISTS");
      return (value) => value === undefined;
    }
    if (operator !== "IS") return comparison(operator, this.next());
    const literal = this.next().toUpperCase();
    if (!(literal in LITERALS)) throw new FilterPatternError(`Invalid filter pattern: IS ${literal} is not known.`);
    return (value) => value === LITERALS[literal as keyof typeof LITERALS];
  }

  private next(): string {
    return this.tokens[this.position++] ?? this.fail();
  }

  private take(token: string): boolean {
    if (this.tokens[this.position]?.toUpperCase() !== token) return false;
    this.position++;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) this.fail();
  }

  private fail(): never {
    const rest = this.tokens.slice(this.position).join(" ");
    throw new FilterPatternError(`Invalid filter pattern at "${rest}".`);
  }
}

const LITERALS = { NULL: null, TRUE: true, FALSE: false };

function stepsOf(selector: string): readonly (string | number)[] {
  if (!/^\$(\.[\w-]+|\[\d+\])+$/.test(selector)) {
    throw new FilterPatternError(
      `Invalid filter pattern: "${selector}" is not a property selector such as $.a.b or $.a[0].`,
    );
  }
  return [...selector.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
}

function valueAt(document: unknown, steps: readonly (string | number)[]): unknown {
  return steps.reduce<unknown>((value, step) => {
    if (typeof step === "number") return Array.isArray(value) ? (value as unknown[])[step] : undefined;
    return isFields(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }, document);
}

const ORDERINGS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function comparison(operator: string, operand: string): (value: unknown) => boolean {
  const number = /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(operand) ? Number(operand) : undefined;
  const ordering = ORDERINGS[operator];
  if (ordering !== undefined) {
    if (number === undefined) throw new FilterPatternError(`Invalid filter pattern: ${operator} needs a number.`);
    return (value) => typeof value === "number" && ordering(value, number);
  }
  if (operator !== "=" && operator !== "!=") {
    throw new FilterPatternError(`Invalid filter pattern: the operator ${operator} is not known.`);
  }
  const equal = number === undefined ? textEquals(operand) : (value: unknown) => value === number;
  if (operator === "=") return equal;
  return (value) => value !== undefined && !equal(value);
}

function textEquals(operand: string): (value: unknown) => boolean {
  const text = operand.startsWith('"') ? operand.slice(1, -1).replace(/\\(.)/g, "$1") : operand;
  const parts = text.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const whole = new RegExp(`^${parts.join(".*")}$`, "s");
  return (value) => typeof value === "string" && whole.test(value);
}
