import { isFields } from "../operationInput";
import { evaluate, parseIntrinsic } from "./intrinsics";
import { follow, isPath, type Scope } from "./jsonPath";

/** Parameters and ResultSelector: fields whose names end in `.$` are paths or intrinsic functions. */
export function fill(template: unknown, scope: Scope): unknown {
  if (Array.isArray(template)) return template.map((element) => fill(element, scope));
  if (!isFields(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith(".$") ? [key.slice(0, -2), compute(value as string, scope)] : [key, fill(value, scope)],
    ),
  );
}

/** Everything in a template that the runtime could not compute, as clauses. */
export function templateProblems(template: unknown): string[] {
  if (Array.isArray(template)) return template.flatMap(templateProblems);
  if (!isFields(template)) return [];
  return Object.entries(template).flatMap(([key, value]) =>
    key.endsWith(".$") ? expressionProblems(key, value) : templateProblems(value),
  );
}

function compute(expression: string, scope: Scope): unknown {
  return expression.startsWith("$") ? follow(expression, scope) : evaluate(parseIntrinsic(expression), scope);
}

function expressionProblems(key: string, value: unknown): string[] {
  if (typeof value !== "string") return [`"${key}" must be a path or an intrinsic function`];
  if (value.startsWith("$"))
    return isPath(value) ? [] : [`"${key}": the local runtime cannot follow the path ${value}`];
  try {
    parseIntrinsic(value);
    return [];
  } catch (error) {
    return [`"${key}": ${(error as Error).message}`];
  }
}
