import { companionOf } from "../companions";
import { textAt } from "../fields";
import { BUCKET, BUCKET_VERSIONING } from "../resourceTypes";
import type { StackRule } from "../rule";

/** A receipt that a bug replaced is gone for good otherwise. */
export const bucketKeepsVersions: StackRule = {
  name: "bucket-keeps-versions",
  what: "Every bucket keeps what is written over or deleted.",
  why: "A receipt that a bug replaced is gone for good otherwise.",
  fix: 'Give it a BucketVersioning with status "Enabled".',
  severity: "medium",
  controls: [],
  types: [BUCKET],
  problemsAmong: (bucket, stack) => {
    const versionings = companionOf(bucket, stack, { type: BUCKET_VERSIONING, by: "bucket", names: ["bucket", "id"] });
    const statuses = versionings.map(({ props }) => textAt(props, "versioningConfiguration", "status"));
    return !statuses.includes("Enabled") && "forgets what is written over.";
  },
};
