import assert from "node:assert/strict";
import type { FeedEvents } from "../../local/feed";
import { Shop } from "./shop";

type LogLine = FeedEvents["log"];

const EMAIL = "ada.lovelace@private.example";
const USER = "customer-ada-7f3c";
const CART = "ada-s-cart-";
const CONFIRMED = { userId: USER, customerEmail: EMAIL, items: [{ productId: "PROD-002", qty: 1 }] };
/** The turntable is sold out. */
const OUT_OF_STOCK = { ...CONFIRMED, items: [{ productId: "PROD-011", qty: 1 }] };

/** Lines about a batch of changes or orders, not about one. */
const OF_MANY = new Set([
  ...["Published events.", "The bus refused events.", "The bus cannot be reached."],
  ...["The stream is read again from a failed change.", "Queued orders again that should have come to their end."],
]);

/** Lines that may come before a request has an order. */
const BEFORE_THE_ORDER = [
  "A request failed.",
  "The limiter cannot",
  "The depth of the order",
  "The order queue is too",
];

/** What the logs of a whole run say of customers, at the level at which functions say most. */
describe("the logs of all groups", function () {
  this.timeout(180_000);
  let shop: Shop;
  const lines: LogLine[] = [];
  /** Correlation id and tenant of each order that was accepted. */
  let sent = 0;
  const placed = new Map<string, { readonly correlationId: string; readonly tenantId: string }>();

  before(async () => {
    shop = await Shop.open({ speed: 1_000, settings: ["paymentFailurePercent=50", "logLevel=DEBUG"] });
    const { feed, faults } = shop.pipeline.runtime;
    feed.on("log", (line) => lines.push(line));
    await placeAll(OUT_OF_STOCK, 2);
    await placeAll(CONFIRMED, 6);
    // Most often the first crowd is enough.
    for (let crowd = 1; crowd < 4 && !requestsOfSeveral(); crowd++) await placeAll(CONFIRMED, 6);
    await repeatAndFail();
    // Errors are written with all that they know, so let there be some of each kind.
    faults.set({
      seed: 3,
      rates: { failBefore: 0.08, loseAnswer: 0.05, throttle: 0.08, conflict: 0.3, duplicate: 0.3 },
    });
    await placeAll(CONFIRMED, 4, [201, 503, 500]);
    faults.clear();
    await allTold();
  });
  after(() => shop.close());

  /** Places orders of both tenants at once, and waits for those that are accepted. */
  const placeAll = async (order: object, count: number, statuses = [201]): Promise<void> => {
    const accepted = Array.from({ length: count }, async (_, at) => {
      const tenantId = at % 2 === 0 ? "acme" : "globex";
      const number = ++sent;
      const correlationId = `corr-${number}`;
      const headers = {
        "x-api-key": shop.outputs.apiKeys[tenantId] ?? "",
        "x-correlation-id": correlationId,
        // The order's id is made of it, and the id decides about its payment: the same ones are declined in each run.
        "idempotency-key": `${CART}${number}`,
      };
      const { status, body } = await shop.place(order, headers);
      assert.ok(statuses.includes(status), JSON.stringify(body));
      if (status !== 201) return;
      placed.set(body.orderId, { correlationId, tenantId });
    });
    await Promise.all(accepted);
    await shop.until("the orders are final", () => [...placed.keys()].every(isFinal), 90_000);
  };
  const isFinal = (orderId: string): boolean =>
    shop.eventsOf(orderId).some((event) => ["OrderPlaced", "OrderFailed"].includes(event["detail-type"]));

  /** A repeat, bodies that are refused, and a key that nobody has. */
  const repeatAndFail = async (): Promise<void> => {
    const again = { "idempotency-key": `${CART}once`, "x-correlation-id": "corr-once" };
    const orderId = await shop.accepted(CONFIRMED, again);
    placed.set(orderId, { correlationId: "corr-once", tenantId: "acme" });
    assert.equal((await shop.place(CONFIRMED, again)).body.orderId, orderId);
    const invalid = [
      JSON.stringify({ ...CONFIRMED, items: [] }),
      JSON.stringify({ ...CONFIRMED, customerEmail: `${EMAIL} ` }),
      JSON.stringify(CONFIRMED).slice(0, -5),
      JSON.stringify({ ...CONFIRMED, items: [{ productId: "no such product", qty: 1 }] }),
      JSON.stringify({ ...CONFIRMED, totalAmount: 1 }),
    ];
    for (const body of invalid) {
      const { status } = await shop.request("POST", "/orders", body);
      assert.ok(status >= 400 && status < 500, `${status} for ${body}`);
    }
    assert.equal((await shop.place(CONFIRMED, { "x-api-key": "nobody" })).status, 403);
    await shop.request("GET", `/orders/${orderId}`);
    await shop.request("GET", `/orders?userId=${USER}`);
    await shop.request("GET", `/orders/${orderId}/events`);
  };

  const allTold = () =>
    shop.until(
      "every customer is told",
      () => {
        const told = handlerLines().filter(({ message }) => /Told the customer|was told before/.test(message));
        return [...placed.keys()].every((id) => isFinal(id) && told.some(({ orderId }) => orderId === id));
      },
      90_000,
    );
  /** What our own functions wrote, in JSON; platform and runtime write lines of their own. */
  const handlerLines = (): any[] =>
    lines
      .filter(({ group, message }) => group.startsWith("/aws/lambda/") && message.includes('"service":'))
      .map(({ message }) => JSON.parse(message))
      .filter(({ level }) => level !== undefined);
  /** Whether a function was given several orders at once. */
  const requestsOfSeveral = (): boolean => {
    const orderIds = new Map<string, string>();
    return handlerLines().some(({ function_request_id: request, orderId }) => {
      if (orderId === undefined) return false;
      const other = orderIds.get(request);
      orderIds.set(request, orderId);
      return other !== undefined && other !== orderId;
    });
  };
  const concernsAnOrder = ({ message, resource, method, status }: any): boolean => {
    if (OF_MANY.has(message)) return false;
    if (BEFORE_THE_ORDER.some((beginning) => message.startsWith(beginning))) return false;
    if (message !== "Answered a request.") return true;
    return status < 300 && (method === "POST" || String(resource).includes("{orderId}"));
  };
  const groupsWith = (text: string): string[] => [
    ...new Set(lines.filter(({ message }) => message.includes(text)).map(({ group }) => group)),
  ];

  it("tell of everything that was to be tried", () => {
    const said = new Set(
      handlerLines().map(({ message, code, level }) => code ?? (level === "ERROR" ? level : message)),
    );
    for (const what of ["OutOfStock", "PaymentDeclined", "ERROR", "The task is done.", "Told the customer."]) {
      assert.ok(said.has(what), `nobody said ${what}: ${[...said].join(", ")}`);
    }
    const groups = new Set(lines.map(({ group }) => group));
    const { apiAccess, events, saga } = shop.outputs["logGroupNames"] as Record<string, string>;
    for (const group of [apiAccess, events, saga]) assert.ok(groups.has(group ?? ""), `${group} is empty`);
    assert.ok(lines.some(({ group, message }) => group === saga && message.includes('"input"')));
  });

  it("never hold a customer's address, an API key, or an idempotency key", () => {
    assert.deepEqual(groupsWith(EMAIL), []);
    assert.deepEqual(groupsWith(EMAIL.split("@")[0] ?? ""), []);
    assert.deepEqual(groupsWith(CART), []);
    for (const key of Object.values(shop.outputs.apiKeys)) assert.deepEqual(groupsWith(key), []);
  });

  it("hold the id that a tenant gives its customer in the log of events alone, which is what events say", () => {
    const { events } = shop.outputs["logGroupNames"] as Record<string, string>;
    assert.deepEqual(groupsWith(USER), [events]);
  });

  it("name order, tenant and correlation on every line about one order", () => {
    const nameless = handlerLines()
      .filter(concernsAnOrder)
      .filter(
        ({ orderId, correlationId, tenantId }) =>
          orderId === undefined || correlationId === undefined || tenantId === undefined,
      );
    assert.deepEqual(nameless, []);
  });

  it("never mix the keys of one order with another's, though a batch holds several at once", () => {
    // Who asks for an order later has a correlation id of its own.
    const about = handlerLines().filter(({ orderId, method }) => placed.has(orderId) && method !== "GET");
    assert.ok(new Set(about.map(({ orderId }) => orderId)).size === placed.size);
    for (const { orderId, correlationId, tenantId, eventId } of about) {
      const known = placed.get(orderId);
      assert.equal(correlationId, known?.correlationId);
      assert.equal(tenantId, known?.tenantId);
      assert.ok(eventId === undefined || eventId.startsWith(`${orderId}#`), eventId);
    }
    assert.ok(requestsOfSeveral(), "no batch held several orders");
  });
});
