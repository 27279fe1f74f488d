/** A metric math expression, read. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "negative"; readonly operand: Expression }
  | { readonly kind: "binary"; readonly operator: BinaryOperator; readonly sides: readonly [Expression, Expression] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] };

export type BinaryOperator = "+" | "-" | "*" | "/" | "^" | "==" | "!=" | "<" | ">" | "<=" | ">=" | "AND" | "OR";

/** An expression that CloudWatch, or this stand-in, does not take. */
export class MathError extends Error {}

/** Binds weakest first; what is on one level is read from left to right. */
const LEVELS: readonly (readonly string[])[] = [
  ["OR", "||"],
  ["AND", "&&"],
  ["==", "!=", "<", ">", "<=", ">="],
  ["+", "-"],
  ["*", "/"],
];

const SAME_AS: Readonly<Record<string, BinaryOperator>> = { "||": "OR", "&&": "AND" };

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|"([^"]*)"|'([^']*)'|(==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],]))/y;

interface Token {
  readonly kind: "number" | "word" | "text" | "sign";
  readonly text: string;
}

/**
 * Reads an expression. Which functions and names there are is checked later; throws {@link MathError} for what is not
 * an expression at all.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function parseExpression(source: string): Expression {
  return new Parser(tokens(source), source).whole();
}

function tokens(source: string): readonly Token[] {
  const found: Token[] = [];
  const trimmed = source.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(trimmed);
    if (match === null) throw new MathError(`"${source}" cannot be read from "${trimmed.slice(at)}" on.`);
    const [, number, word, double, single, sign] = match;
    if (number !== undefined) found.push({ kind: "number", text: number });
    else if (word !== undefined) found.push({ kind: "word", text: word });
    else if (sign !== undefined) found.push({ kind: "sign", text: sign });
    else found.push({ kind: "text", text: double ?? single ?? "" });
  }
  return found;
}

class Parser {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly source: string,
  ) {}

  whole(): Expression {
    const expression = this.level(0);
    if (this.at < this.tokens.length) throw this.unexpected();
    return expression;
  }

  private level(depth: number): Expression {
    const operators = LEVELS[depth];
    if (operators === undefined) return this.unary();
    let left = this.level(depth + 1);
    for (let operator = this.takeOne(operators); operator !== undefined; operator = this.takeOne(operators)) {
      const named = SAME_AS[operator] ?? (operator as BinaryOperator);
      left = { kind: "binary", operator: named, sides: [left, this.level(depth + 1)] };
    }
    return left;
  }

  private unary(): Expression {
    if (this.takeOne(["-"]) !== undefined) return { kind: "negative", operand: this.unary() };
    return this.power();
  }

  private power(): Expression {
    const base = this.operand();
    if (this.takeOne(["^"]) === undefined) return base;
    return { kind: "binary", operator: "^", sides: [base, this.unary()] };
  }

  private operand(): Expression {
    const token = this.tokens[this.at];
    if (token === undefined) throw this.unexpected();
    this.at++;
    if (token.kind === "number") return { kind: "number", value: Number(token.text) };
    if (token.kind === "text") return { kind: "text", value: token.text };
    if (token.kind === "word") return this.named(token.text);
    if (token.text === "(") return this.inParentheses();
    if (token.text === "[") return { kind: "list", items: this.items("]") };
    this.at--;
    throw this.unexpected();
  }

  private named(name: string): Expression {
    if (this.takeOne(["("]) === undefined) return { kind: "name", name };
    return { kind: "call", name, args: this.items(")") };
  }

  private inParentheses(): Expression {
    const inner = this.level(0);
    this.expect(")");
    return inner;
  }

  private items(end: string): readonly Expression[] {
    if (this.takeOne([end]) !== undefined) return [];
    const items = [this.level(0)];
    while (this.takeOne([","]) !== undefined) items.push(this.level(0));
    this.expect(end);
    return items;
  }

  private expect(sign: string): void {
    if (this.takeOne([sign]) === undefined) throw this.unexpected(sign);
  }

  /** Takes the next token when it is one of these. */
  private takeOne(texts: readonly string[]): string | undefined {
    const token = this.tokens[this.at];
    if (token === undefined || token.kind === "number" || token.kind === "text") return undefined;
    if (!texts.includes(token.text)) return undefined;
    this.at++;
    return token.text;
  }

  private unexpected(wanted?: string): MathError {
    const found = this.tokens[this.at]?.text;
    const what = found === undefined ? "it ends too early" : `"${found}" is not expected`;
    return new MathError(`"${this.source}": ${what}${wanted === undefined ? "" : ` where "${wanted}" should be`}.`);
  }
}
