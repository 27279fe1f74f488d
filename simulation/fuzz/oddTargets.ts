/** Bytes of one part of a target: AWS takes 10,240 of request line and headers, and what is longer never gets to an API. */
export const LONGEST_PART = 6_000;

/** Names in a path that are not encoded as they should be. */
export const RAW_SEGMENTS: readonly string[] = [
  ...[
    "..",
    ".",
    "%2e%2e",
    "%2E%2E%2Fproducts",
    "%2F",
    "a%2Fb",
    "%",
    "%zz",
    "%ff",
    "%00",
    "%25",
    "%u0041",
    "{orderId}",
    "*",
  ],
  ...[
    "a;x=1",
    "a,b",
    "a+b",
    "a\\b",
    "\xe4",
    "'",
    "~",
    "@",
    "-",
    "0",
    "x".repeat(LONGEST_PART),
    "__proto__",
    "00000000-0000-5000-8000-000000000000",
  ],
];

/** What clients and attackers do to paths. */
export const TRICKS: readonly ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => `${path}//`,
  (path) => `/${path}`,
  (path) => path.replaceAll("/", "//"),
  (path) => path.replaceAll("/", "/./"),
  (path) => `/x/..${path}`,
  (path) => `/%2e%2e${path}`,
  (path) => path.replace(/\/(\w)/, (_, first: string) => `/%${first.charCodeAt(0).toString(16)}`),
  (path) => path.toUpperCase(),
  (path) => `${path}%00`,
  (path) => `${path};a=b`,
  (path) => `${path}.json`,
  (path) => `${path}#part`,
  (path) => `${path}/events/events`,
  (path) => path.slice(0, -1),
  (path) => path.replaceAll("/", "\\").replace("\\", "/"),
  (path) => `/${"a/".repeat(1_000)}${path.slice(1)}`,
  () => "/",
  () => "/favicon.ico",
  () => "/.git/config",
];

/** Queries that are not written as they should be, or say little. */
export const RAW_QUERIES: readonly string[] = [
  ...[
    "?",
    "??",
    "?&&",
    "?=",
    "?=&=",
    "?limit",
    "?limit=",
    "?limit=1&limit=2",
    "?limit[]=1",
    "?limit=1,2",
    "?limit=%31",
    "?limit=+1",
  ],
  ...[
    "?%",
    "?%zz=%",
    "?limit=%ff",
    "?a=%00",
    "?userId=%ED%A0%80",
    "?userId=a;status=PENDING",
    "?__proto__[a]=1",
    "?userId=a#b",
  ],
  `?${"a=1&".repeat(1_000)}`,
];
