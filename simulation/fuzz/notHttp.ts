import fc from "fast-check";

/** Bytes that are no HTTP, hardly any, or HTTP that a client library would never write. Blank lines alone ask for nothing. */
export function notHttp(host: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...notorious(host)) },
    {
      weight: 1,
      arbitrary: fc
        .string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), minLength: 1 })
        .filter((noise) => noise.trim() !== "")
        .map((noise) => `${noise}\r\n\r\n`),
    },
  );
}

function notorious(host: string): string[] {
  const head = (line: string, ...headers: readonly string[]): string =>
    [line, `Host: ${host}`, ...headers, "", ""].join("\r\n");
  const get = "GET /health HTTP/1.1";
  const post = "POST /orders HTTP/1.1";
  return [
    head("GET /hea\0lth HTTP/1.1"),
    head("GET /health\x7f HTTP/1.1"),
    head("GET /a b HTTP/1.1"),
    head("get /health HTTP/1.1"),
    head("FETCH /health HTTP/1.1"),
    head("GET health HTTP/1.1"),
    head(`GET http://${host}/health HTTP/1.1`),
    head("GET ftp://example.com/health HTTP/1.1"),
    head("OPTIONS * HTTP/1.1"),
    head("GET /health HTTP/1.0"),
    head("GET /health HTTP/9.9"),
    head("GET /health"),
    "GET /health HTTP/1.1\r\n\r\n",
    "GET /health HTTP/1.0\r\n\r\n",
    head(get, "Bad Header: x"),
    head(get, ": x"),
    head(get, "X: a\0b"),
    head(get, "X\x01: a"),
    head(get, " folded: x"),
    head(get, "no colon"),
    head(get, `X: ${"x".repeat(40_000)}`),
    head(get, "Expect: a miracle"),
    head(get, "Upgrade: websocket", "Connection: Upgrade"),
    head(post, "Content-Length: -1"),
    head(post, "Content-Length: 1, 2"),
    head(post, "Content-Length: 2", "Content-Length: 3") + "{}",
    head(post, "Content-Length: 2", "Transfer-Encoding: chunked") + "{}",
    head(post, "Transfer-Encoding: gzip"),
    head(post, "Transfer-Encoding: chunked") + "zz\r\n{}\r\n0\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "GET / HTTP/1.1\nHost: x\n\n",
  ];
}
