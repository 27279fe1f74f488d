import { companionOf } from "../companions";
import { listAt, textAt } from "../fields";
import { BUCKET, BUCKET_ENCRYPTION } from "../resourceTypes";
import type { StackRule } from "../rule";

/** What AWS does by itself can be changed by whoever puts an object; what the bucket says is what an auditor reads. */
export const bucketIsEncrypted: StackRule = {
  name: "bucket-is-encrypted",
  what: "Every bucket says how its objects are encrypted.",
  why: "What AWS does by itself can be changed by whoever puts an object; what the bucket says is what an auditor reads.",
  fix: "Give it a BucketServerSideEncryptionConfiguration.",
  severity: "medium",
  controls: [],
  types: [BUCKET],
  problemsAmong: (bucket, stack) => {
    const encryptions = companionOf(bucket, stack, { type: BUCKET_ENCRYPTION, by: "bucket", names: ["bucket", "id"] });
    const algorithms = encryptions.flatMap(({ props }) =>
      listAt(props, "rules").map((rule) => textAt(rule, "applyServerSideEncryptionByDefault", "sseAlgorithm")),
    );
    return !algorithms.some((algorithm) => algorithm !== "") && "does not say how it encrypts.";
  },
};
