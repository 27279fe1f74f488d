import { at } from "../fields";
import { METHOD_SETTINGS } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** They hold names, orders and keys; the log is read by people who should see none of them. */
export const apiLogsNoBodies: ResourceRule = {
  name: "api-logs-no-bodies",
  what: "No stage of an API logs requests and answers as they are.",
  why: "They hold names, orders and keys; the log is read by people who should see none of them.",
  fix: "Set dataTraceEnabled to false.",
  severity: "high",
  controls: [],
  types: [METHOD_SETTINGS],
  problems: ({ props }) =>
    at(props, "settings", "dataTraceEnabled") === true && "logs requests and answers as they are.",
};
