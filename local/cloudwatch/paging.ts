import type { OperationInput } from "../operationInput";
import { invalidToken } from "./cloudWatchError";

/** A part of a list, and the token of the next part when there is one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: { readonly NextToken?: string };
}

/** The part of a list that a request's NextToken asks for. A token is the place to go on from; lists may change meanwhile. */
export function pageOf<Item>(all: readonly Item[], input: OperationInput, most: number): Page<Item> {
  const token = input.optionalText("NextToken") ?? "0";
  if (!/^\d{1,9}$/.test(token)) throw invalidToken();
  const from = Number(token);
  const next = from + most;
  return { items: all.slice(from, next), next: next < all.length ? { NextToken: String(next) } : {} };
}
