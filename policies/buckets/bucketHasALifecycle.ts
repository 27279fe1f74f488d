import { companionOf } from "../companions";
import { at, listAt, textAt } from "../fields";
import { BUCKET, BUCKET_LIFECYCLE } from "../resourceTypes";
import type { StackRule } from "../rule";

/** Data that nobody needs any more costs money and is a risk; customers may ask why it is still there. */
export const bucketHasALifecycle: StackRule = {
  name: "bucket-has-a-lifecycle",
  what: "Every bucket says when its objects and their old versions go.",
  why: "Data that nobody needs any more costs money and is a risk; customers may ask why it is still there.",
  fix: "Give it a BucketLifecycleConfiguration that expires objects or old versions.",
  severity: "low",
  controls: ["FSBP-S3.13"],
  types: [BUCKET],
  problemsAmong: (bucket, stack) => {
    const lifecycles = companionOf(bucket, stack, { type: BUCKET_LIFECYCLE, by: "bucket", names: ["bucket", "id"] });
    const rules = lifecycles.flatMap(({ props }) => listAt(props, "rules"));
    const ends = rules.some(
      (rule) =>
        textAt(rule, "status") === "Enabled" &&
        (at(rule, "expiration") !== undefined || at(rule, "noncurrentVersionExpiration") !== undefined),
    );
    return !ends && "keeps everything for ever.";
  },
};
