import { companionOf } from "../companions";
import { textAt } from "../fields";
import { BUCKET, BUCKET_OWNERSHIP } from "../resourceTypes";
import type { StackRule } from "../rule";

/** An object's own list can open it to somebody whom the bucket's policy keeps out. */
export const bucketHasNoAcls: StackRule = {
  name: "bucket-has-no-acls",
  what: "Every bucket owns its objects, and lists of access do not count.",
  why: "An object's own list can open it to somebody whom the bucket's policy keeps out.",
  fix: 'Give it BucketOwnershipControls with "BucketOwnerEnforced".',
  severity: "medium",
  controls: ["FSBP-S3.12"],
  types: [BUCKET],
  problemsAmong: (bucket, stack) => {
    const controls = companionOf(bucket, stack, { type: BUCKET_OWNERSHIP, by: "bucket", names: ["bucket", "id"] });
    const ownerships = controls.map(({ props }) => textAt(props, "rule", "objectOwnership"));
    return !ownerships.includes("BucketOwnerEnforced") && "lets objects have access lists of their own.";
  },
};
