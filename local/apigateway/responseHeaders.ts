import type { Exchange, Header } from "./exchange";

/**
 * Headers of an answer that API Gateway does not pass on under their own name.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const remapped = new Set([
  ...["authorization", "connection", "content-length", "content-md5", "date", "host", "server", "user-agent"],
  "www-authenticate",
]);
const dropped = new Set(["transfer-encoding", "te", "trailer", "upgrade"]);

/** The headers that the client sees: some of the integration's under another name, and the gateway's own. */
export function clientHeaders(headers: readonly Header[], exchange: Exchange): readonly Header[] {
  const passed = headers.flatMap(([name, value]): Header[] => {
    const key = name.toLowerCase();
    if (dropped.has(key)) return [];
    return [[remapped.has(key) ? `X-Amzn-Remapped-${name}` : name, value]];
  });
  return [
    ...passed,
    ["x-amzn-RequestId", exchange.requestId],
    ["x-amz-apigw-id", exchange.extendedRequestId],
    ["X-Amzn-Trace-Id", exchange.traceHeader],
  ];
}
