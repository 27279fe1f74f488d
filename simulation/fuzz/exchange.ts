export type Header = readonly [name: string, value: string];

/** A request in the letters that go over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path and query as they stand in the request line, below the API's URL. */
  readonly target: string;
  /** In this order and letter case; a name may come twice. Host and Content-Length are added. */
  readonly headers: readonly Header[];
  readonly body?: Buffer;
}

/** What a fuzzer sends: a request, or bytes (in latin1) that only resemble one. */
export type Sending =
  | {
      readonly request: WireRequest;
      /** Whether nothing speaks against it, so that it must succeed. */ readonly isGood: boolean;
    }
  | { readonly bytes: string };

export interface WireAnswer {
  readonly status: number;
  /** By name in lower case; several values of one name are joined by ", ". */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly durationMs: number;
}

/** The value of a request's header by its name in any letter case, without blanks around it; all of them if it is repeated. */
export function valuesOfHeader({ headers }: Pick<WireRequest, "headers">, name: string): string[] {
  return headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value.trim());
}

/** Path and query of a request, apart. */
export function partsOf({ target }: Pick<WireRequest, "target">): { readonly path: string; readonly query: string } {
  const at = target.indexOf("?");
  return at < 0 ? { path: target, query: "" } : { path: target.slice(0, at), query: target.slice(at + 1) };
}
