import { at, textAt } from "../fields";
import { QUEUE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Messages hold what customers order, and lie on disks until they are read. */
export const queueIsEncrypted: ResourceRule = {
  name: "queue-is-encrypted",
  what: "Every queue is encrypted at rest.",
  why: "Messages hold what customers order, and lie on disks until they are read.",
  fix: "Set sqsManagedSseEnabled, or kmsMasterKeyId.",
  severity: "high",
  controls: ["AwsSolutions-SQS2", "FSBP-SQS.1"],
  types: [QUEUE],
  problems: ({ props }) =>
    at(props, "sqsManagedSseEnabled") !== true && textAt(props, "kmsMasterKeyId") === "" && "is not encrypted.",
};
