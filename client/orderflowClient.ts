import createClient, { type Client } from "openapi-fetch";
import { Deadline, type Patience } from "./deadline";
import { OrderflowProblem } from "./orderflowProblem";
import type { components, paths } from "./schema";

export type PlaceOrder = components["schemas"]["PlaceOrderBody"];
export type PlacedOrder = components["schemas"]["OrderAccepted"];
export type Order = components["schemas"]["OrderView"];

/** Where the API is, and who calls it. */
export interface OrderflowOptions {
  /** The stack's output `apiUrl`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Sends a request; `fetch` without. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

export interface PlaceOrderOptions extends Patience {
  /** One for each order, kept by a caller that must be able to ask again after a crash; a new one without. */
  readonly idempotencyKey?: string;
}

export interface FollowOrderOptions extends Patience {
  /** Between two looks, when the service asks for no other pause; 0.5 without. */
  readonly pollSeconds?: number;
}

/** The API as its callers use it. Every method throws an {@link OrderflowProblem} when the API says no. */
export interface OrderflowClient {
  /** Every operation of the API, each request made once. */
  readonly http: Client<paths>;
  /**
   * Places an order, once, however often it must be sent: while the network fails or the service says when to come
   * back, the same request is sent again under the same idempotency key, until the time is up.
   */
  placeOrder(order: PlaceOrder, options?: PlaceOrderOptions): Promise<PlacedOrder>;
  /**
   * The order once it is CONFIRMED or FAILED. Throws a `TimeoutError` when it is neither in time; the order goes on all
   * the same, and can be followed again.
   */
  followOrder(orderId: string, options?: FollowOrderOptions): Promise<Order>;
}

/** A key that no other order has. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

/** A client of the API for one tenant. */
export function createOrderflowClient({ baseUrl, apiKey, fetch }: OrderflowOptions): OrderflowClient {
  const http = createClient<paths>({ baseUrl, headers: { "x-api-key": apiKey }, ...(fetch && { fetch }) });
  return {
    http,
    placeOrder: (order, options = {}) => placeOrder(http, order, options),
    followOrder: (orderId, options = {}) => followOrder(http, orderId, options),
  };
}

const POLL_SECONDS = 0.5;
/** After a request that nobody answered. */
const UNANSWERED_SECONDS = 1;

function placeOrder(
  http: Client<paths>,
  body: PlaceOrder,
  { idempotencyKey = newIdempotencyKey(), ...patience }: PlaceOrderOptions,
): Promise<PlacedOrder> {
  const header = { "Idempotency-Key": idempotencyKey };
  return persist(patience, async ({ signal }) => {
    const { data, error, response } = await http.POST("/orders", { params: { header }, body, signal });
    if (data === undefined) throw new OrderflowProblem(response, error);
    return data;
  });
}

function followOrder(
  http: Client<paths>,
  orderId: string,
  { pollSeconds = POLL_SECONDS, ...patience }: FollowOrderOptions,
): Promise<Order> {
  let seen: string | null = null;
  return persist(patience, async (deadline) => {
    for (;;) {
      const header = seen === null ? {} : { "If-None-Match": seen };
      const params = { path: { orderId }, header };
      const { data, error, response } = await http.GET("/orders/{orderId}", { params, signal: deadline.signal });
      if (data === undefined && response.status !== 304) throw new OrderflowProblem(response, error);
      if (data !== undefined && data.status !== "PENDING") return data;
      seen = response.headers.get("etag");
      await deadline.pause(pollSeconds);
    }
  });
}

/** Does something until it succeeds, or fails for good, or the time is up. */
async function persist<Result>(patience: Patience, act: (deadline: Deadline) => Promise<Result>): Promise<Result> {
  const deadline = new Deadline(patience);
  for (;;) {
    try {
      return await act(deadline);
    } catch (error) {
      const seconds = error instanceof OrderflowProblem ? error.retryAfterSeconds : UNANSWERED_SECONDS;
      if (deadline.signal.aborted || seconds === undefined || !deadline.allows(seconds)) throw error;
      await deadline.pause(seconds);
    }
  }
}
