import type { Exception } from "./exception";

/** What may break a rule, and why. An exception without a reason does not compile; one that excuses nothing is told. */
export const EXCEPTIONS: readonly Exception[] = [];
