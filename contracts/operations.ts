import type { ProblemKind } from "./problems";
import {
  HealthView,
  OrderAccepted,
  OrderList,
  ORDER_STATUSES,
  OrderView,
  PlaceOrderBody,
  ProblemBody,
  ProductList,
  ProductView,
  RateLimitView,
} from "./schemas";

/** The shapes of the API by the names that its documents give them. */
export const API_SCHEMAS = {
  PlaceOrderBody,
  OrderAccepted,
  OrderView,
  OrderList,
  ProductView,
  ProductList,
  RateLimitView,
  HealthView,
  ProblemBody,
} as const;

export type ApiSchemaName = keyof typeof API_SCHEMAS;

/** Something that a request says beside its body. `schema` is JSON Schema. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description: string;
  readonly schema: object;
  readonly example?: string | number;
}

/** A header of an answer. */
export interface AnswerHeader {
  readonly description: string;
  readonly schema: object;
}

/** What an operation answers when all is well. */
export interface Answer {
  readonly description: string;
  /** Absent: the answer has no body. */
  readonly schema?: ApiSchemaName;
  readonly headers?: readonly AnswerHeaderName[];
  readonly example?: object;
}

/** One operation of the API; its documents, its gateway and its tests are made of this. */
export interface Operation {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly tag: "Orders" | "Products" | "Service";
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly schema: ApiSchemaName; readonly example: object };
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Kinds that the operation itself may answer; what the gateway may answer to anything comes on top. */
  readonly problems: readonly ProblemKind[];
  /** Whether the caller must have an API key. */
  readonly access: "tenant" | "anyone";
}

const TEXT = { type: "string" } as const;
const COUNT = { type: "integer", minimum: 0 } as const;

/** Headers of answers. Every answer of a function has `X-Correlation-Id` as well. */
export const ANSWER_HEADERS = {
  Location: { description: "The order's path, below the API's URL.", schema: TEXT },
  ETag: { description: "Changes with every change of the order; send it back as If-None-Match.", schema: TEXT },
  "Idempotency-Replayed": {
    description: "`true` when the request repeated an earlier one and got its answer again.",
    schema: { type: "string", enum: ["true"] },
  },
  "Retry-After": { description: "Seconds to wait before the next attempt.", schema: COUNT },
  "RateLimit-Limit": { description: "Orders that the tenant may place at once.", schema: COUNT },
  "RateLimit-Remaining": { description: "Orders that the tenant may still place at once now.", schema: COUNT },
  "RateLimit-Reset": { description: "Seconds until all of the limit is there again.", schema: COUNT },
  "X-Correlation-Id": { description: "Names the request in the service's logs and events.", schema: TEXT },
} as const satisfies Record<string, AnswerHeader>;

export type AnswerHeaderName = keyof typeof ANSWER_HEADERS;

const CORRELATION_ID: Parameter = {
  name: "X-Correlation-Id",
  in: "header",
  required: false,
  description: "Names the request in logs and events; made up when absent or unusable.",
  schema: { type: "string", pattern: "^[A-Za-z0-9._-]{1,128}$" },
};

const ORDER_ID: Parameter = {
  name: "orderId",
  in: "path",
  required: true,
  description: "As the service gave it.",
  schema: { type: "string", pattern: "^[A-Za-z0-9-]{1,64}$" },
  example: "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11",
};

const IF_NONE_MATCH: Parameter = {
  name: "If-None-Match",
  in: "header",
  required: false,
  description: "The ETag of an earlier answer. When nothing has changed the answer is 304, without a body.",
  schema: TEXT,
};

/** Orders or products of one page. */
export const PAGE_LIMIT = { minimum: 1, maximum: 100, default: 20 } as const;

const PAGE: readonly Parameter[] = [
  {
    name: "limit",
    in: "query",
    required: false,
    description: "How many to answer at most.",
    schema: { type: "integer", ...PAGE_LIMIT },
  },
  {
    name: "cursor",
    in: "query",
    required: false,
    description: "The nextCursor of the page before, with the same filter.",
    schema: { type: "string", maxLength: 1024 },
  },
];

const ORDER_EXAMPLE = {
  orderId: "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11",
  status: "PENDING",
  totalAmount: 149.97,
  currency: "EUR",
  items: [
    { productId: "PROD-001", name: "Wireless Mouse", qty: 2, unitPrice: 29.99, lineTotal: 59.98 },
    { productId: "PROD-002", name: "Mechanical Keyboard", qty: 1, unitPrice: 89.99, lineTotal: 89.99 },
  ],
  createdAt: "2026-03-01T09:30:00.000Z",
} as const;

const ORDER_VIEW_EXAMPLE = {
  ...ORDER_EXAMPLE,
  userId: "user-42",
  status: "CONFIRMED",
  stage: "CONFIRMED",
  payment: { status: "CAPTURED", amount: 149.97 },
  receiptKey: "receipts/2026/03/3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11.json",
  version: 4,
  updatedAt: "2026-03-01T09:30:00.412Z",
} as const;

const PRODUCT_EXAMPLE = {
  productId: "PROD-001",
  name: "Wireless Mouse",
  price: 29.99,
  currency: "EUR",
  category: "Accessories",
  inStock: true,
} as const;

const createOrder: Operation = {
  method: "POST",
  path: "/orders",
  tag: "Orders",
  summary: "Place an order",
  description:
    "Accepts an order at the prices of now. Whether it is CONFIRMED or FAILED shows within seconds at its Location. " +
    "Under an Idempotency-Key the same request can be sent any number of times: it makes one order, and every answer " +
    "is the first one.",
  parameters: [
    ...["Idempotency-Key", "X-Idempotency-Key"].map((name): Parameter => ({
      name,
      in: "header",
      required: false,
      description:
        name === "Idempotency-Key"
          ? "Chosen by the caller, one for each order: 1 to 255 visible ASCII characters."
          : "Another name for Idempotency-Key.",
      schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,255}$" },
    })),
    CORRELATION_ID,
  ],
  body: {
    schema: "PlaceOrderBody",
    example: {
      userId: "user-42",
      items: [
        { productId: "PROD-001", qty: 2 },
        { productId: "PROD-002", qty: 1 },
      ],
      totalAmount: 149.97,
      customerEmail: "customer@example.com",
    },
  },
  answers: {
    201: {
      description: "The order is accepted, or was when the same request came before.",
      schema: "OrderAccepted",
      headers: ["Location", "Idempotency-Replayed", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
      example: ORDER_EXAMPLE,
    },
  },
  problems: [
    ...(["invalid-request", "unsupported-media-type", "unknown-product", "total-mismatch"] as const),
    ...(["idempotency-key-reused", "rate-limited", "overloaded", "internal-fault", "unavailable"] as const),
  ],
  access: "tenant",
};

const getOrder: Operation = {
  method: "GET",
  path: "/orders/{orderId}",
  tag: "Orders",
  summary: "Look at an order",
  description: "The whole order. Poll it with If-None-Match until its status is CONFIRMED or FAILED.",
  parameters: [ORDER_ID, IF_NONE_MATCH, CORRELATION_ID],
  answers: {
    200: { description: "The order.", schema: "OrderView", headers: ["ETag"], example: ORDER_VIEW_EXAMPLE },
    304: { description: "Nothing has changed since the answer with that ETag.", headers: ["ETag"] },
  },
  problems: ["order-not-found", "internal-fault", "unavailable"],
  access: "tenant",
};

const listOrders: Operation = {
  method: "GET",
  path: "/orders",
  tag: "Orders",
  summary: "List orders of a user or of a status",
  description:
    "The tenant's orders, newest first, by userId or by status: exactly one of the two. A list that is read page by " +
    "page shows every order once that was there when it began, whatever comes in meanwhile.",
  parameters: [
    {
      name: "userId",
      in: "query",
      required: false,
      description: "Orders of this user.",
      schema: { type: "string", minLength: 1, maxLength: 128 },
    },
    {
      name: "status",
      in: "query",
      required: false,
      description: "Orders that have this status now.",
      schema: { type: "string", enum: [...ORDER_STATUSES] },
    },
    ...PAGE,
    CORRELATION_ID,
  ],
  answers: {
    200: {
      description: "A page.",
      schema: "OrderList",
      example: { orders: [ORDER_VIEW_EXAMPLE], nextCursor: "WyIyMDI2LTAzLTAxVDA5OjMwOjAwLjAwMFoiLCIzZjBlOWE1MiJd" },
    },
  },
  problems: ["invalid-request", "internal-fault", "unavailable"],
  access: "tenant",
};

const listProducts: Operation = {
  method: "GET",
  path: "/products",
  tag: "Products",
  summary: "List what is sold",
  description: "The catalogue, page by page, in no particular order.",
  parameters: [...PAGE, CORRELATION_ID],
  answers: { 200: { description: "A page.", schema: "ProductList", example: { products: [PRODUCT_EXAMPLE] } } },
  problems: ["invalid-request", "internal-fault", "unavailable"],
  access: "tenant",
};

const getProduct: Operation = {
  method: "GET",
  path: "/products/{productId}",
  tag: "Products",
  summary: "Look at a product",
  description: "Its name, its price, and whether it is in stock.",
  parameters: [
    {
      name: "productId",
      in: "path",
      required: true,
      description: "As the catalogue names it.",
      schema: { type: "string", minLength: 1, maxLength: 64 },
      example: "PROD-001",
    },
    CORRELATION_ID,
  ],
  answers: { 200: { description: "The product.", schema: "ProductView", example: PRODUCT_EXAMPLE } },
  problems: ["product-not-found", "internal-fault", "unavailable"],
  access: "tenant",
};

const getRateLimit: Operation = {
  method: "GET",
  path: "/rate-limit",
  tag: "Service",
  summary: "How many orders the tenant may place now",
  description: "Looks at the tenant's limit without using any of it.",
  parameters: [CORRELATION_ID],
  answers: {
    200: {
      description: "The tenant's limit.",
      schema: "RateLimitView",
      example: { limit: 100, remaining: 97, resetSeconds: 1 },
    },
  },
  problems: ["internal-fault", "unavailable"],
  access: "tenant",
};

const health: Operation = {
  method: "GET",
  path: "/health",
  tag: "Service",
  summary: "Whether the API is there",
  description: "Answered by the gateway alone.",
  parameters: [],
  answers: { 200: { description: "The API is there.", schema: "HealthView", example: { status: "ok" } } },
  problems: [],
  access: "anyone",
};

/** Every operation of the API, by its operationId. */
export const OPERATIONS = {
  createOrder,
  getOrder,
  listOrders,
  listProducts,
  getProduct,
  getRateLimit,
  health,
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof OPERATIONS;

/** What the gateway answers by itself to any request that needs an API key, before a function is asked, or instead of one. */
export const GATEWAY_PROBLEMS: readonly ProblemKind[] = [
  "unknown-caller",
  "forbidden",
  "too-many-requests",
  "quota-exceeded",
  "no-answer",
];
