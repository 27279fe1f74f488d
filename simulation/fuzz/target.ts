import type { Stored } from "./storedOrders";

/** A running pipeline as the fuzzer meets it: over HTTP, and, for what became of it all, as an operator. */
export interface FuzzTarget {
  readonly apiUrl: string;
  /** API key by tenant; at least two tenants. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** All orders as their table has them, by id. */
  readonly orders: () => Promise<ReadonlyMap<string, Stored>>;
}
