import { listAt, numberAt } from "../fields";
import { EVENT_SOURCE_MAPPING } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Else one bad message brings its whole batch back, and good ones are done again or end among the dead letters with it. */
export const batchConsumerReportsSingleFailures: ResourceRule = {
  name: "batch-consumer-reports-single-failures",
  what: "Whoever takes batches says which of their messages failed.",
  why: "Else one bad message brings its whole batch back, and good ones are done again or end among the dead letters with it.",
  fix: 'Set functionResponseTypes to ["ReportBatchItemFailures"], and answer with batchItemFailures.',
  severity: "medium",
  controls: [],
  types: [EVENT_SOURCE_MAPPING],
  problems: ({ props }) =>
    numberAt(props, ["batchSize"], 10) > 1 &&
    !listAt(props, "functionResponseTypes").includes("ReportBatchItemFailures") &&
    "fails whole batches.",
};
