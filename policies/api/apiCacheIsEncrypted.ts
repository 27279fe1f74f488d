import { at } from "../fields";
import { METHOD_SETTINGS } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Answers hold customers' orders. */
export const apiCacheIsEncrypted: ResourceRule = {
  name: "api-cache-is-encrypted",
  what: "No stage of an API caches answers in the clear.",
  why: "Answers hold customers' orders.",
  fix: "Set cacheDataEncrypted in the stage's method settings, or leave the cache off.",
  severity: "medium",
  controls: ["FSBP-APIGateway.5"],
  types: [METHOD_SETTINGS],
  problems: ({ props }) =>
    at(props, "settings", "cachingEnabled") === true &&
    at(props, "settings", "cacheDataEncrypted") !== true &&
    "caches in the clear.",
};
