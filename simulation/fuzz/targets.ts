import fc from "fast-check";
import type { Acquaintance } from "./acquaintance";
import type { DocumentedOperation, DocumentedParameter } from "./documentedApi";
import { LONGEST_PART, RAW_QUERIES, RAW_SEGMENTS, TRICKS } from "./oddTargets";
import { valuesFor } from "./schemaValues";
import { mostly, wildTexts } from "./wildTexts";

/** Paths and queries of an operation. */
export class Targets {
  private readonly queryParameters: readonly DocumentedParameter[];

  constructor(
    private readonly operation: DocumentedOperation,
    private readonly known: Acquaintance,
  ) {
    this.queryParameters = operation.parameters.filter(({ in: where }) => where === "query");
  }

  /** One that names something that is there, with a right query. */
  good(): fc.Arbitrary<string> {
    return fc.tuple(this.path(this.knownNames()), this.goodQuery()).map(([path, query]) => path + queryText(query));
  }

  /** Odd in its path, in its query, or in both. */
  odd(): fc.Arbitrary<string> {
    const names = mostly(this.knownNames(), fc.oneof(wildTexts().map(encoded), fc.constantFrom(...RAW_SEGMENTS)), 1);
    const path = mostly(
      this.path(names),
      fc.tuple(this.path(names), fc.constantFrom(...TRICKS)).map(([at, trick]) => trick(at)),
      3,
    );
    return fc.tuple(path, mostly(this.oddQuery(), fc.constantFrom(...RAW_QUERIES), 6)).map(([at, query]) => at + query);
  }

  private path(names: fc.Arbitrary<string>): fc.Arbitrary<string> {
    return names.map((name) => this.operation.path.replace(/\{\w+\}/, () => name));
  }

  /** What the path may name: orders of the caller and, of products, those that are sold. */
  private knownNames(): fc.Arbitrary<string> {
    const { products, orders } = this.known;
    const isOfProducts = this.operation.path.startsWith("/products");
    const names = isOfProducts ? products.map(({ productId }) => productId) : orders.map(({ orderId }) => orderId);
    return fc.constantFrom(...names.map(encoded));
  }

  /** Parameters of one request that go together, which their schemas alone do not say. */
  private goodQuery(): fc.Arbitrary<readonly Pair[]> {
    const some = (...names: readonly string[]) =>
      fc.tuple(...names.map((name) => fc.option(this.valueOf(name), { nil: [] }))).map((pairs) => pairs.filter(isPair));
    switch (this.operation.id) {
      case "listOrders": {
        const filter = fc.oneof(this.valueOf("userId"), this.valueOf("status"));
        const next: Pair[] = [
          ["userId", this.known.userId],
          ["cursor", this.known.cursors.orders],
        ];
        return fc.oneof(
          { weight: 4, arbitrary: fc.tuple(filter, some("limit")).map(([one, more]) => [one, ...more]) },
          { weight: 1, arbitrary: some("limit").map((more) => [...next, ...more]) },
        );
      }
      case "listProducts": {
        const next = fc.constantFrom<Pair[][]>([], [["cursor", this.known.cursors.products]]);
        return fc.tuple(next, some("limit")).map(([cursor, limit]) => [...cursor, ...limit]);
      }
      case "reportOrders":
        return fc
          .tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 366 }), some("groupBy"))
          .map(([from, days, more]) => [["from", day(from)], ["to", day(from + days)], ...more]);
      default:
        return fc.constant([]);
    }
  }

  /** Parameters of any operation with right and wrong values, repeated, unknown, or with a cursor of somewhere else. */
  private oddQuery(): fc.Arbitrary<string> {
    const names = this.queryParameters.map(({ name }) => name);
    if (names.length === 0) return mostly(fc.constant(""), this.anyPairs(["limit"]).map(queryText), 3);
    const right = names.map((name) => this.valueOf(name));
    const one = fc.oneof(
      { withCrossShrink: true },
      { weight: 2, arbitrary: fc.oneof(...right) },
      { weight: 1, arbitrary: this.anyPair(names) },
    );
    return fc.array(one, { maxLength: 4 }).map(queryText);
  }

  private valueOf(name: string): fc.Arbitrary<Pair> {
    const { cursors } = this.known;
    if (name === "cursor")
      return fc
        .oneof(fc.constantFrom(...Object.values(cursors)), ...Object.values(cursors).map(forged))
        .map((value) => [name, value]);
    const schema = this.queryParameters.find((parameter) => parameter.name === name)?.schema ?? {};
    return valuesFor(schema).map((value) => [name, String(value)]);
  }

  private anyPairs(names: readonly string[]): fc.Arbitrary<readonly Pair[]> {
    return fc.array(this.anyPair(names), { minLength: 1, maxLength: 3 });
  }

  private anyPair(names: readonly string[]): fc.Arbitrary<Pair> {
    const name = fc.oneof(fc.constantFrom(...names, ...names.map((one) => `${one}[]`), "__proto__"), wildTexts());
    return fc.tuple(name, wildTexts());
  }
}

type Pair = readonly [name: string, value: string];

function isPair(pair: Pair | readonly never[]): pair is Pair {
  return pair.length === 2;
}

/** A cursor that somebody has opened and changed: the place in it is another, or of another shape. */
function forged(cursor: string): fc.Arbitrary<string> {
  const parts = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
  return fc
    .tuple(fc.nat({ max: parts.length }), fc.oneof(wildTexts(), fc.constantFrom(null, 0, [], {})))
    .map(([at, part]) => Buffer.from(JSON.stringify(parts.toSpliced(at, 1, part))).toString("base64url"));
}

function queryText(pairs: readonly Pair[]): string {
  return pairs.length === 0 ? "" : `?${pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join("&")}`;
}

/** Percent-encoded; halves of characters become the replacement character, as they have no bytes. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"))
    .slice(0, LONGEST_PART)
    .replace(/%.?$/, "");
}

function day(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}
