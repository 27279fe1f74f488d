import { companionOf } from "../companions";
import { deniesPlainText, statementsOf } from "../policyDocument";
import { BUCKET, BUCKET_POLICY } from "../resourceTypes";
import type { StackRule } from "../rule";

/** An object in the clear can be read and changed on its way. */
export const bucketTakesTlsOnly: StackRule = {
  name: "bucket-takes-tls-only",
  what: "Every bucket refuses what comes without TLS.",
  why: "An object in the clear can be read and changed on its way.",
  fix: 'Give it a bucket policy that denies s3:* where "aws:SecureTransport" is "false".',
  severity: "high",
  controls: ["AwsSolutions-S10", "FSBP-S3.5"],
  types: [BUCKET],
  problemsAmong: (bucket, stack) => {
    const policies = companionOf(bucket, stack, { type: BUCKET_POLICY, by: "bucket", names: ["bucket", "id"] });
    const statements = policies.flatMap(({ props }) => statementsOf(props["policy"]));
    const denied = statements.some(
      (statement) => deniesPlainText(statement) && statement.actions.some((action) => /^(s3:)?\*$/i.test(action)),
    );
    return !denied && "takes requests in the clear.";
  },
};
