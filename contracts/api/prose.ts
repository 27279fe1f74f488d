/** What the document for people says about the API as a whole. Markdown. */
export const API_DESCRIPTION = `Orderflow takes orders over HTTP and carries each one, exactly once, to CONFIRMED or FAILED.

**Callers.** Every request but \`GET /health\` needs an API key in the header \`x-api-key\`. The key stands for a tenant;
no tenant sees, lists or replays another's orders.

**Placing an order.** \`POST /orders\` answers 201 as soon as the order is written down. It is then \`PENDING\`, and
becomes \`CONFIRMED\` or \`FAILED\`, mostly within seconds: look at its \`Location\` until it is, with \`If-None-Match\` and
the \`ETag\` of the last answer, so that nothing is sent twice.

**Sending again.** With an \`Idempotency-Key\` the same request can be sent any number of times, after a timeout, a fault or
a crash: it makes one order, and every answer is the first one, marked \`Idempotency-Replayed: true\`. Without a key every
request is a new order. GET changes nothing and can always be sent again.

**Too fast.** 429 and 503 come with \`Retry-After\` in seconds, except for a used-up quota. \`GET /rate-limit\` tells what
is left of the tenant's limit.

**Problems.** Every answer that says no is a problem (RFC 9457) of the media type \`application/problem+json\`. Its \`type\`
is one of a fixed list of URNs; docs/errors.md says what each means and what to do. What is wrong with a body or a query
is listed in \`errors\`, all at once. Beside the answers that the operations list, a path that does not exist answers 404
(\`no-such-operation\`), and a request that the gateway does not take as HTTP another 4xx (\`refused\`); of one that is too
large it may say so, with 413 or 431, without a problem.

**Correlation.** Every answer but that of \`GET /health\` has \`X-Correlation-Id\`: the caller's own, if a usable one
got past the gateway, else a new one. It names the request in the service's logs and events.

**Versions.** Fields and operations may be added at any time; ignore what you do not know.`;

/** What the operations are sorted by. */
export const TAGS = [
  { name: "Orders", description: "To place orders, and to see what became of them." },
  { name: "Products", description: "What is sold." },
  { name: "Service", description: "The API itself." },
];

/** How callers say who they are. */
export const CALLERS = {
  apiKey: {
    ...{ type: "apiKey", name: "x-api-key", in: "header" },
    description: "Given to each tenant; the stack's secret output `apiKeys`.",
  },
};
