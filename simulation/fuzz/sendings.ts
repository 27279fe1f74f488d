import fc from "fast-check";
import type { Acquaintance } from "./acquaintance";
import type { DocumentedApi, DocumentedOperation } from "./documentedApi";
import type { Sending } from "./exchange";
import { notHttp } from "./notHttp";
import { OrderBodies } from "./orderBodies";
import { RequestHeaders } from "./requestHeaders";
import { Targets } from "./targets";
import { mostly, wildTexts } from "./wildTexts";

/** What is asked for how often. Accepted orders are dear, because a saga follows each. */
const WEIGHTS = { goodOrder: 3, oddOrder: 40, goodLook: 8, oddLook: 37, stray: 10, notHttp: 2 };

const METHODS = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"];

/**
 * All that a fuzzer sends to an API of this document.
 *
 * @param host of the API, for bytes that only resemble a request; without it there are none of them
 */
export function sendings(api: DocumentedApi, known: Acquaintance, host?: string): fc.Arbitrary<Sending> {
  const operations = api.operations.filter(({ id }) => !known.absent.has(id));
  const looks = operations.filter(({ bodySchema }) => bodySchema === undefined).map((one) => new Requests(one, known));
  const order = new Requests(api.named("createOrder"), known);
  const bodies = new OrderBodies(api, known);
  const all = [order, ...looks];
  return fc.oneof(
    { weight: WEIGHTS.goodOrder, arbitrary: order.good(bodies.good()) },
    { weight: WEIGHTS.goodLook, arbitrary: fc.oneof(...looks.map((look) => look.good())) },
    { weight: WEIGHTS.oddOrder, arbitrary: order.odd(bodies.odd()) },
    { weight: WEIGHTS.oddLook, arbitrary: fc.oneof(...looks.map((look) => look.odd())) },
    { weight: WEIGHTS.stray, arbitrary: fc.oneof(...all.map((one) => one.stray(bodies.odd()))) },
    ...(host === undefined ? [] : [{ weight: WEIGHTS.notHttp, arbitrary: notHttp(host).map((bytes) => ({ bytes })) }]),
  );
}

/** Requests to one operation. */
class Requests {
  private readonly targets: Targets;
  private readonly headers: RequestHeaders;

  constructor(
    private readonly operation: DocumentedOperation,
    known: Acquaintance,
  ) {
    this.targets = new Targets(operation, known);
    this.headers = new RequestHeaders(operation, known);
  }

  good(bodies?: fc.Arbitrary<Buffer>): fc.Arbitrary<Sending> {
    const { method } = this.operation;
    return fc
      .tuple(this.targets.good(), this.headers.good(), bodies ?? fc.constant(undefined))
      .map(([target, headers, body]) => ({
        isGood: true,
        request: { method, target, headers, ...(body && { body }) },
      }));
  }

  odd(bodies?: fc.Arbitrary<Buffer>): fc.Arbitrary<Sending> {
    const { method } = this.operation;
    const targets = bodies === undefined ? this.targets.odd() : mostly(this.targets.good(), this.targets.odd(), 20);
    const sent =
      bodies ??
      mostly(
        fc.constant(undefined),
        wildTexts().map((text) => Buffer.from(text)),
        15,
      );
    return fc.tuple(targets, this.headers.odd(), sent).map(([target, headers, body]) => ({
      isGood: false,
      request: { method, target, headers, ...(body && { body }) },
    }));
  }

  /** Any method, with and without a body. */
  stray(bodies: fc.Arbitrary<Buffer>): fc.Arbitrary<Sending> {
    const targets = mostly(this.targets.good(), this.targets.odd(), 2);
    const sent = mostly(fc.constant(undefined), bodies, 1);
    return fc
      .tuple(fc.constantFrom(...METHODS), targets, this.headers.odd(), sent)
      .map(([method, target, headers, body]) => ({
        isGood: false,
        request: { method, target, headers, ...(body && { body }) },
      }));
  }
}
