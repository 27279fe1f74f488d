import fc from "fast-check";
import { toDecimal, toMinor } from "../../contracts/money";
import type { Acquaintance } from "./acquaintance";
import type { DocumentedApi, JsonSchema } from "./documentedApi";
import { textsFor, valuesFor } from "./schemaValues";
import { mostly, wildJson, wildTexts } from "./wildTexts";

/** A name and its value as they are written, so that a name can come twice and a number be any text. */
type Field = readonly [name: string, json: string];

interface Line {
  readonly productId: string;
  readonly qty: number;
}

/** Bodies for POST /orders: some that must be taken, and many that are wrong in one way or several. */
export class OrderBodies {
  private readonly userIds: fc.Arbitrary<string>;
  private readonly emails: fc.Arbitrary<string>;
  private readonly lines: fc.Arbitrary<readonly Line[]>;

  constructor(
    api: DocumentedApi,
    private readonly known: Pick<Acquaintance, "products" | "currency">,
  ) {
    const { properties = {} } = api.resolved({ $ref: "#/components/schemas/PlaceOrderBody" }) as SchemaOfObject;
    const line = (properties["items"] as { items?: SchemaOfObject } | undefined)?.items?.properties ?? {};
    this.userIds = textsFor(properties["userId"] ?? {});
    this.emails = textsFor(properties["customerEmail"] ?? {});
    const one = fc.record({
      productId: fc.constantFrom(...known.products.map(({ productId }) => productId)),
      qty: valuesFor(line["qty"] ?? {}) as fc.Arbitrary<number>,
    });
    this.lines = fc.uniqueArray(one, { minLength: 1, maxLength: 5, selector: ({ productId }) => productId });
  }

  /** Orders against which nothing can be said. */
  good(): fc.Arbitrary<Buffer> {
    const parts = {
      userId: this.userIds,
      items: this.lines,
      customerEmail: fc.option(this.emails),
      total: fc.boolean(),
    };
    return fc.record(parts).map(({ customerEmail, total, ...order }) => {
      const body = {
        ...order,
        ...(total && { totalAmount: this.totalOf(order.items) }),
        ...(customerEmail !== null && { customerEmail }),
      };
      return Buffer.from(JSON.stringify(body));
    });
  }

  /** Anything, mostly close to an order. */
  odd(): fc.Arbitrary<Buffer> {
    const texts = mostly(this.orders(), wildJson(), 12);
    return fc
      .tuple(texts, mostly(fc.constant("whole" as const), fc.constantFrom(...SPOILS), 6), fc.nat())
      .map(([text, how, at]) => spoilt(text, how, at));
  }

  private totalOf(lines: readonly Line[]): number {
    const { products, currency } = this.known;
    const priceOf = (id: string): number => products.find(({ productId }) => productId === id)?.price ?? 0;
    const minor = lines.map(({ productId, qty }) => qty * (toMinor(priceOf(productId), currency) ?? 0));
    return toDecimal(
      minor.reduce((sum, one) => sum + one, 0),
      currency,
    );
  }

  /** Orders of which single fields are odd, missing, there twice or unknown. */
  private orders(): fc.Arbitrary<string> {
    const quoted = (texts: fc.Arbitrary<string>) => texts.map((text) => JSON.stringify(text));
    const line = fc.record({
      productId: mostly(
        quoted(fc.constantFrom(...this.known.products.map(({ productId }) => productId))),
        wildJson(),
        3,
      ),
      qty: mostly(fc.integer({ min: 1, max: 9 }).map(String), wildJson(), 3),
    });
    const lines = fc.array(
      line.map((fields) => written(Object.entries(fields))),
      { minLength: 1, maxLength: 3 },
    );
    const order = fc.record({
      userId: mostly(quoted(this.userIds), wildJson(), 3),
      items: mostly(
        mostly(lines, manyLines(), 20).map((all) => `[${all.join(",")}]`),
        wildJson(),
        10,
      ),
      totalAmount: mostly(fc.constant(undefined), wildJson(), 4),
      customerEmail: mostly(mostly(fc.constant(undefined), quoted(this.emails), 2), wildJson(), 3),
    });
    const dropped = mostly(fc.constant(""), fc.constantFrom("userId", "items"), 10);
    return fc
      .tuple(order, dropped, mostly(fc.constant<Field[]>([]), fc.array(strangeField(), { maxLength: 4 }), 2))
      .map(([fields, without, more]) => {
        const kept = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
        return written([...kept.filter(([name]) => name !== without), ...more]);
      });
  }
}

interface SchemaOfObject {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

/** Fields that nobody asked for, or that were there before. */
function strangeField(): fc.Arbitrary<Field> {
  const names = [
    "__proto__",
    "constructor",
    "userId",
    "items",
    "totalAmount",
    "price",
    "tenantId",
    "orderId",
    "status",
    "",
  ];
  return fc.tuple(mostly(fc.constantFrom(...names), wildTexts()), wildJson());
}

/** At, above and far above what an order may have. */
function manyLines(): fc.Arbitrary<string[]> {
  return fc
    .tuple(fc.constantFrom(0, 50, 51, 1_000), fc.boolean())
    .map(([count, same]) => Array.from({ length: count }, (_, at) => `{"productId":"P-${same ? 0 : at}","qty":1}`));
}

function written(fields: readonly Field[]): string {
  return `{${fields.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")}}`;
}

const SPOILS = [
  "truncated",
  "marked",
  "followed",
  "wide",
  "torn",
  "empty",
  "blank",
  "padded",
  "twice",
  "packed",
] as const;

/** What can happen to a good text on its way. `at` says where. */
function spoilt(text: string, how: "whole" | (typeof SPOILS)[number], at: number): Buffer {
  const bytes = Buffer.from(text);
  const place = at % (bytes.length + 1);
  switch (how) {
    case "whole":
      return bytes;
    case "truncated":
      return bytes.subarray(0, place);
    case "marked":
      return Buffer.from(`\ufeff${text}`);
    case "followed":
      return Buffer.from(`${text}]`);
    case "wide":
      return Buffer.from(text, "utf16le");
    case "torn":
      return Buffer.concat([bytes.subarray(0, place), Buffer.from([0xc3, 0x28, 0xff]), bytes.subarray(place)]);
    case "empty":
      return Buffer.alloc(0);
    case "blank":
      return Buffer.from(" \n");
    case "padded":
      return Buffer.from(`\r\n\t ${text} \n`);
    case "twice":
      return Buffer.from(text + text);
    case "packed":
      return Buffer.from([0x1f, 0x8b, 8, ...bytes.subarray(0, 100)]);
  }
}
