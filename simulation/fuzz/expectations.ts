import type { PlaceOrderBody } from "../../contracts/schemas";
import type { DocumentedOperation } from "./documentedApi";
import { partsOf, valuesOfHeader, type WireRequest } from "./exchange";

/** Why a request must not succeed, as far as its body and query tell; undefined when they may be right. */
export function mustBeRefused(operation: DocumentedOperation, request: WireRequest): string | undefined {
  if (operation.bodySchema === undefined) {
    // Only where there is something to ask for is it said that nothing else may be asked for.
    const mayAsk = operation.parameters.some(({ in: where }) => where === "query");
    return !mayAsk || operation.fitsQuery(queryOf(request)) ? undefined : "its query is not as documented";
  }
  const types = valuesOfHeader(request, "content-type");
  if (types.length < 2 && !/^application\/(?:[^;]+\+)?json\s*(?:;|$)/i.test(types[0] ?? ""))
    return "its body is not JSON";
  const body = bodyOf(request);
  return body !== undefined && operation.fitsBody(body.value) ? undefined : "its body is not as documented";
}

/** Whether nothing in a request breaks the document, its words included, so that a 400 would be one too many. */
export function seemsWrongToRefuse(operation: DocumentedOperation, request: WireRequest): boolean {
  if (operation.bodySchema === undefined) return isPlainList(operation, request);
  const types = valuesOfHeader(request, "content-type");
  const isKeyed = ["idempotency-key", "x-idempotency-key"].some((name) => valuesOfHeader(request, name).length > 0);
  const body = bodyOf(request);
  if (isKeyed || types.length !== 1 || types[0] !== "application/json" || body === undefined) return false;
  return operation.fitsBody(body.value) && !breaksAWord(body.value as PlaceOrderBody);
}

/**
 * Lists without a cursor: whose a cursor is, no schema can say. Reports are left out, because their days must also be
 * days of the calendar.
 */
function isPlainList(operation: DocumentedOperation, request: WireRequest): boolean {
  const query = queryOf(request);
  const filters = query.filter(([name]) => name === "userId" || name === "status").length;
  const isList = operation.id === "listProducts" || (operation.id === "listOrders" && filters === 1);
  return isList && operation.fitsQuery(query) && query.every(([name]) => name !== "cursor");
}

/** What is said about orders in words only: a product once, and no text with control characters or halves of characters. */
function breaksAWord({ userId, customerEmail = "", items }: PlaceOrderBody): boolean {
  const products = items.map(({ productId }) => productId);
  if (new Set(products).size < products.length) return true;
  return [userId, customerEmail, ...products].some((text) => /[\p{Cc}\p{Cs}]/u.test(text));
}

function queryOf(request: WireRequest): [string, string][] {
  return [...new URLSearchParams(partsOf(request).query)];
}

function bodyOf({ body = Buffer.alloc(0) }: WireRequest): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body.toString("utf8")) as unknown };
  } catch {
    return undefined;
  }
}
