declare const target: unique symbol;
const PATH = Symbol("path");

/** A typed pointer to a value that the execution document will hold at run time. */
export interface Pointer<T> {
  readonly [target]: T;
}

// A JSONPath to an absent field fails the execution beyond any Catch, so a Ref offers required fields only.
type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];

type Fields<T> = T extends readonly unknown[]
  ? unknown
  : T extends object
    ? { readonly [K in RequiredKeys<T>]: Ref<T[K]> }
    : unknown;

/** A pointer that can be followed into the required fields of `T`; lists are pointed at as a whole. */
export type Ref<T> = Pointer<T> & Fields<T>;

/** The document seen through pointers: what an `input` function receives. */
export type Refs<Doc> = { readonly [K in RequiredKeys<Doc>]: Ref<Doc[K]> };

/** A task input in which any part may be a pointer instead of a value. */
export type Template<T> =
  Pointer<T> | (T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]: Template<T[K]> } : T);

/** How a Task state makes its input: one pointer as it is, or a template with pointers in it. */
export type RenderedInput = { readonly InputPath: string } | { readonly Parameters: Readonly<Record<string, unknown>> };

/** Makes the pointers under `path`; following a property extends the path. */
export function refsAt<Doc>(path = "$"): Refs<Doc> {
  return new Proxy({} as Refs<Doc>, {
    get: (_, key) => (key === PATH ? path : refsAt(`${path}.${plainName(key)}`)),
    ownKeys: () => {
      throw new Error(
        `the fields of ${path} are not known when the saga is built: name each one, instead of spreading`,
      );
    },
  });
}

/** Renders a template as the ASL fields that build the task's input. Throws when a part is not JSON. */
export function renderInput(template: unknown): RenderedInput {
  const path = pathOf(template);
  if (path !== undefined) return { InputPath: path };
  if (!isFields(template)) throw new Error("an input must be a pointer or an object");
  return { Parameters: renderFields(template) };
}

/** The JSONPath behind a pointer, or undefined for any other value. */
export function pathOf(value: unknown): string | undefined {
  return typeof value === "object" && value !== null ? (value as { [PATH]?: string })[PATH] : undefined;
}

function renderFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      if (key.endsWith(".$")) throw new Error(`a field may not be named "${key}": the ending .$ marks paths`);
      const path = pathOf(value);
      if (path !== undefined) return [`${key}.$`, path];
      if (isFields(value)) return [key, renderFields(value)];
      assertPlain(key, value);
      return [key, value];
    }),
  );
}

function assertPlain(key: string, value: unknown): void {
  if (Array.isArray(value)) {
    value.forEach((element) => assertPlain(key, element));
  } else if (pathOf(value) !== undefined) {
    throw new Error(`"${key}" has a pointer inside a list: point at the whole list instead`);
  } else if (value === undefined || typeof value === "function" || typeof value === "symbol") {
    throw new Error(`"${key}" must be JSON or a pointer, not ${typeof value}`);
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function plainName(key: string | symbol): string {
  if (typeof key === "string" && /^[A-Za-z_]\w*$/.test(key)) return key;
  throw new Error(`a saga can only point at plainly named fields, not at ${String(key)}`);
}
