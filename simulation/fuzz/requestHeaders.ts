import fc from "fast-check";
import type { Acquaintance } from "./acquaintance";
import type { DocumentedOperation } from "./documentedApi";
import type { Header } from "./exchange";
import { valuesFor } from "./schemaValues";
import { mostly, wildTexts } from "./wildTexts";

/** Headers of requests to an operation. */
export class RequestHeaders {
  constructor(
    private readonly operation: DocumentedOperation,
    private readonly known: Pick<Acquaintance, "key" | "foreignKey" | "orders">,
  ) {}

  /** A known caller, and what the operation understands beside, at times. */
  good(): fc.Arbitrary<readonly Header[]> {
    const key = this.operation.isForTenants ? [["x-api-key", this.known.key] as const] : [];
    const type = this.operation.bodySchema === undefined ? [] : [["content-type", "application/json"] as const];
    return this.understood().map((more) => [...key, ...type, ...more]);
  }

  /** Strangers, odd media types, names in odd letters, headers twice, and headers of which nobody has heard. */
  odd(): fc.Arbitrary<readonly Header[]> {
    const keys = mostly(fc.constant([["x-api-key", this.known.key]] as const), this.oddKeys(), 10);
    const good = this.operation.bodySchema === undefined ? [] : [["Content-Type", "application/json"] as const];
    const types = mostly<readonly Header[]>(fc.constant(good), oddTypes(), 5);
    const more = mostly<readonly Header[]>(
      fc.constant([]),
      fc.array(this.strange(), { minLength: 1, maxLength: 4 }),
      2,
    );
    return fc
      .tuple(keys, types, this.understood(), more, mostly(fc.constant(asIs), fc.constantFrom(...LETTERS)))
      .map(([key, type, understood, others, letters]) =>
        [...key, ...type, ...understood, ...others].map(([name, value]) => [letters(name), value] as const),
      );
  }

  /** Header parameters of the document with right values. Each idempotency key comes once: it stands for one body. */
  private understood(): fc.Arbitrary<readonly Header[]> {
    const declared = this.operation.parameters.filter(
      ({ in: where, name }) => where === "header" && name !== "X-Idempotency-Key",
    );
    const some = declared.map(({ name, schema }) => {
      const values =
        name === "If-None-Match"
          ? fc.constantFrom(...this.known.orders.map(({ etag }) => etag), "*", '"0"')
          : (valuesFor(schema) as fc.Arbitrary<string>);
      return mostly(
        fc.constant<readonly Header[]>([]),
        values.map((value) => [[name, value]]),
        2,
      );
    });
    return fc.tuple(...some).map((all) => all.flat());
  }

  private oddKeys(): fc.Arbitrary<readonly Header[]> {
    const { key, foreignKey } = this.known;
    const one = (value: string): readonly Header[] => [["x-api-key", value]];
    return fc.oneof(
      fc.constantFrom<(readonly Header[])[]>(
        one(foreignKey),
        [],
        ...[
          "",
          " ",
          key.slice(1),
          `${key} `,
          `${key}x`,
          key.toUpperCase(),
          `${key},${key}`,
          "null",
          "k".repeat(3_000),
        ].map(one),
        [...one(key), ...one("nobody-has-this-key-at-all")],
        [["Authorization", `Bearer ${key}`]],
      ),
      wildTexts().map((text) => one(sendable(text))),
    );
  }

  /** Headers with odd values, understood or not. */
  private strange(): fc.Arbitrary<Header> {
    const names = [
      ...this.operation.parameters.flatMap(({ in: where, name }) => (where === "header" ? [name] : [])),
      ...STRANGE_NAMES,
    ];
    return fc.oneof(
      fc.tuple(fc.constantFrom(...names), wildTexts().map(sendable)),
      fc.constantFrom<Header[]>(...STRANGE),
    );
  }
}

function asIs(name: string): string {
  return name;
}

const LETTERS = [(name: string) => name.toUpperCase(), (name: string) => name.toLowerCase(), alternating];

function alternating(name: string): string {
  return [...name].map((letter, at) => (at % 2 === 0 ? letter.toUpperCase() : letter.toLowerCase())).join("");
}

/** What of a text can stand in a header. */
function sendable(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, "?").slice(0, 3_000);
}

function oddTypes(): fc.Arbitrary<readonly Header[]> {
  const one = (value: string): readonly Header[] => [["Content-Type", value]];
  return fc.oneof(
    fc.constantFrom<(readonly Header[])[]>(
      [],
      ...MEDIA_TYPES.map(one),
      [...one("application/json"), ...one("text/plain")],
      [...one("application/json"), ...one("application/json")],
    ),
    wildTexts().map((text) => one(sendable(text))),
  );
}

const MEDIA_TYPES = [
  ...[
    "application/json;charset=utf-8",
    "APPLICATION/JSON",
    "application/json ; charset=UTF-16",
    "application/json;",
    "application/json,",
  ],
  ...[
    "application/problem+json",
    "application/vnd.api+json; x=1",
    "application/+json",
    "application/jsonp",
    "application/json5",
  ],
  ...[
    "text/plain",
    "text/json",
    "text/html",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
  ],
  ...["application/octet-stream", "*/*", "application/*", "json", "/", ";", "application/json\t"],
];

const STRANGE_NAMES = [
  ...[
    "Accept",
    "Accept-Encoding",
    "User-Agent",
    "Origin",
    "Cookie",
    "X-Amzn-Trace-Id",
    "X-Amzn-RequestId",
    "X-Forwarded-For",
  ],
  ...["__proto__", "constructor", "X-Unknown", "If-Match", "Range", "Referer", "traceparent"],
];

const STRANGE: Header[] = [
  ["Accept", "text/html, application/xml;q=0.9"],
  ["Accept", "application/problem+json"],
  ["Accept-Encoding", "gzip, br"],
  ["Content-Encoding", "gzip"],
  ["X-HTTP-Method-Override", "DELETE"],
  ["X-Amzn-RequestId", "00000000-0000-0000-0000-000000000000"],
  ["X-Amzn-Trace-Id", "Root=1-\xff-\xfe;Parent=x;Sampled=2"],
  ["X-Forwarded-Host", "example.com"],
  ["Authorization", "AWS4-HMAC-SHA256 Credential=x"],
  ["Range", "bytes=0-1"],
  ["If-Modified-Since", "yesterday"],
  ["Upgrade", "websocket"],
  ["TE", "trailers"],
  ["X-Long", "x".repeat(11_000)],
];
