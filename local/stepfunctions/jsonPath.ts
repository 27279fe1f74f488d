import { JSONPath } from "jsonpath-plus";
import { isFields } from "../operationInput";
import { runtimeError, StatesError } from "./statesError";

/** What paths are followed in: `$` is the document, `$$` the context object. */
export interface Scope {
  readonly document: unknown;
  readonly context: object;
}

const SEGMENT = String.raw`(?:\.{1,2}(?:[A-Za-z_][\w-]*|\*)|\['[^'\\]+'\]|\[\*\]|\[\d+(?:,\d+)*\]|\[\d*:\d*\])`;
const PATH = new RegExp(String.raw`^(?:\$|\$\$(?=$|\.(?:Execution|StateMachine|State)\b))${SEGMENT}*$`);
const REFERENCE_PATH = /^\$(?:\.[A-Za-z_][\w-]*|\['[^'\\]+'\])*$/;

/** Whether the runtime can follow a path. It knows no filters and scripts, no
 * variables (`$name`), and of the context object no Task and no Map. */
export function isPath(path: string): boolean {
  return PATH.test(path);
}

/** Whether a path names one place by field names alone, as ResultPath must here. */
export function isReferencePath(path: string): boolean {
  return REFERENCE_PATH.test(path);
}

/**
 * Follows a path. One that can match many places (`*`, `..`, a slice, a union) answers a list, which may be
 * empty; any other answers the one value, or undefined when there is none.
 */
export function find(path: string, { document, context }: Scope): unknown {
  const root = path.startsWith("$$") ? context : document;
  const found = JSONPath<unknown[]>({
    path: path.startsWith("$$") ? path.slice(1) : path,
    json: root as object,
    wrap: true,
    eval: false,
  });
  return isIndefinite(path) ? found : found[0];
}

/** Like {@link find}; a path to nothing is States.Runtime. */
export function follow(path: string, scope: Scope): unknown {
  const value = find(path, scope);
  if (value === undefined) {
    throw runtimeError(
      `The JSONPath '${path}' could not be found in the input '${JSON.stringify(path.startsWith("$$") ? scope.context : scope.document)}'`,
    );
  }
  return value;
}

/** InputPath and OutputPath: absent is everything, null is nothing. */
export function select(path: string | null | undefined, scope: Scope): unknown {
  if (path === null) return {};
  return path === undefined ? scope.document : follow(path, scope);
}

/** ResultPath: absent or `$` replaces the document, null keeps it, any other puts the result into a copy. */
export function place(path: string | null | undefined, document: unknown, result: unknown): unknown {
  if (path === null) return document;
  return put(path === undefined ? [] : fieldNames(path), document, result);
}

function put([field, ...rest]: readonly string[], document: unknown, result: unknown): unknown {
  if (field === undefined) return result;
  if (!isFields(document)) {
    throw new StatesError("States.ResultPathMatchFailure", `Cannot put "${field}" into ${JSON.stringify(document)}.`);
  }
  return { ...document, [field]: put(rest, Object.hasOwn(document, field) ? document[field] : {}, result) };
}

function fieldNames(path: string): readonly string[] {
  return [...path.matchAll(/\.([\w-]+)|\['([^']+)'\]/g)].map(([, plain, quoted]) => plain ?? quoted ?? "");
}

function isIndefinite(path: string): boolean {
  return /\*|\.\.|\[\d*:|\[\d+,/.test(path.replaceAll(/'[^']*'/g, ""));
}
