import { orders } from "./0001_orders";

/**
 * The schema's history: SQL texts by name, run in the order of their names, each once. One that has been deployed is
 * never changed; a change is a further one. The schema must stay readable and writable for the functions of the version
 * before, which run until the deployment is through: add columns with a default, drop them a version later.
 */
export const MIGRATIONS: Readonly<Record<string, string>> = {
  "0001_orders": orders,
};
