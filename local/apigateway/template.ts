import { contextVariable } from "./contextVariables";
import { type Exchange, queryOf } from "./exchange";
import type { JsonPlace } from "./jsonPlace";

/** A text with variables, compiled once. */
export type Template = (exchange: Exchange) => string;

type Reader = (exchange: Exchange) => string | number | undefined;

/** What a template may say, and how values are put into it. */
export interface TemplateDialect {
  /** Whether `$input` and `$util` are understood: in integrations they are, in gateway responses they are not. */
  readonly functions: boolean;
  /** What stands for a variable without value. */
  readonly absent: string;
  /** Whether values are written into JSON, so that quotes in them must be escaped. */
  readonly json: boolean;
}

const reference = /\$!?(\{?)([A-Za-z]\w*(?:-\w+)*(?:\.\w+(?:-\w+)*)*)(\((?:[^()]|\([^()]*\))*\))?(\}?)/g;
const directive = /#\{?(set|if|elseif|else|end|foreach|define|macro|parse|include|evaluate|break|stop)\b|#\*|##/;

/**
 * Compiles a template of variables alone. That is all there is in gateway responses and access logs; the templates
 * of integrations are Velocity on AWS, of which directives are refused here by name.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export function compileTemplate(place: JsonPlace, dialect: TemplateDialect): Template {
  const text = place.text() ?? "";
  const found = directive.exec(text)?.[0];
  if (found !== undefined) place.refuse(`uses "${found}": only variables are supported in templates here.`);
  const parts: (string | Template)[] = [];
  let end = 0;
  for (const match of text.matchAll(reference)) {
    parts.push(text.slice(end, match.index), compileReference(match, place, dialect));
    end = match.index + match[0].length;
    // A closing brace belongs to the reference only when one was opened: {"a":$context.stage}.
    if (match[1] === "" && match[4] === "}") parts.push("}");
  }
  parts.push(text.slice(end));
  return (exchange) => parts.map((part) => (typeof part === "string" ? part : part(exchange))).join("");
}

function compileReference(match: RegExpMatchArray, place: JsonPlace, dialect: TemplateDialect): Template {
  const [, , name = "", call = ""] = match;
  const needsFunctions = call !== "" || name.startsWith("input.");
  const known = call === "" ? variable(name) : functionCall(name, call);
  const read = needsFunctions && !dialect.functions ? undefined : known;
  if (read === undefined) {
    place.refuse(`uses $${name}${call}, which is unknown ${dialect.functions ? "here" : "where only variables are"}.`);
    return () => "";
  }
  const escapes = dialect.json && name !== "context.error.messageString" && !name.startsWith("util.");
  return (exchange) => {
    const value = read(exchange);
    if (value === undefined) return dialect.absent;
    return escapes ? JSON.stringify(String(value)).slice(1, -1) : String(value);
  };
}

function variable(name: string): Reader | undefined {
  const [root, ...rest] = name.split(".");
  if (root === "context") return contextVariable(rest.join("."));
  if (root === "stageVariables") return ({ stage }) => stage.variables[rest.join(".")];
  if (root === "method") return requestParameter(name);
  if (name === "input.body") return ({ request }) => request.body.toString("utf8");
  return undefined;
}

function functionCall(name: string, call: string): Reader | undefined {
  const argument = call.slice(1, -1).trim();
  const literal = /^'([^']*)'$|^"([^"]*)"$/.exec(argument);
  const quoted = literal?.[1] ?? literal?.[2];
  if (name === "input.params" && quoted !== undefined) {
    return (exchange) =>
      exchange.pathParameters[quoted] ??
      queryOf(exchange.request).findLast(([key]) => key === quoted)?.[1] ??
      exchange.request.headers.findLast(([key]) => key === quoted)?.[1];
  }
  if (name === "util.escapeJavaScript") {
    const inner = [...argument.matchAll(reference)][0];
    const read =
      inner?.[0] === argument
        ? inner[3]
          ? functionCall(inner[2] ?? "", inner[3])
          : variable(inner[2] ?? "")
        : undefined;
    return (
      read &&
      ((exchange) =>
        JSON.stringify(String(read(exchange) ?? ""))
          .slice(1, -1)
          .replaceAll("'", "\\'"))
    );
  }
  return undefined;
}

/** `method.request.header.X`, `.querystring.X` or `.path.X`; names with their letter case. */
export function requestParameter(expression: string): Reader | undefined {
  const [, where, name = ""] = /^method\.request\.(header|querystring|path)\.(.+)$/.exec(expression) ?? [];
  if (where === "header") return ({ request }) => request.headers.findLast(([key]) => key === name)?.[1];
  if (where === "querystring") return ({ request }) => queryOf(request).findLast(([key]) => key === name)?.[1];
  return where === "path" ? ({ pathParameters }) => pathParameters[name] : undefined;
}

/**
 * Compiles what a response header is mapped from: `'a literal'`, `context.x`, `stageVariables.x` or
 * `method.request.…`.
 */
export function compileMapping(place: JsonPlace): Reader {
  const expression = place.text() ?? "";
  const literal = /^'(.*)'$/s.exec(expression)?.[1];
  if (literal !== undefined) return () => literal;
  const read = variable(expression);
  if (read === undefined || expression.startsWith("input.")) {
    place.refuse(`is mapped from ${expression}, which is neither a 'literal' nor a parameter known here.`);
    return () => undefined;
  }
  return read;
}
