import { isPublic, type PolicyStatement, statementsOf } from "../policyDocument";
import { BUCKET_POLICY } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** What another account can write or delete here, this one cannot answer for. */
export const bucketPolicyNamesNoStranger: ResourceRule = {
  name: "bucket-policy-names-no-stranger",
  what: "No bucket policy lets another account or everybody in.",
  why: "What another account can write or delete here, this one cannot answer for.",
  fix: "Name principals of this account alone; list another account's in the rule's setting.",
  severity: "critical",
  controls: ["FSBP-S3.6"],
  types: [BUCKET_POLICY],
  settings: {
    accounts: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Ids of the accounts that bucket policies may name.",
    },
  },
  problems: ({ props }, { accounts }) =>
    statementsOf(props["policy"])
      .filter(
        (statement) => isPublic(statement) || (statement.allows && strangers(statement, accounts as readonly string[])),
      )
      .map(({ actions, principals }) => `lets ${principals.join(", ")} do ${actions.join(", ")}.`),
};

function strangers({ principals }: PolicyStatement, accounts: readonly string[]): boolean {
  return principals.some((principal) => {
    const account = /^AWS:(?:arn:[^:]*:[^:]*::)?(\d{12})/.exec(principal)?.[1];
    return account !== undefined && !accounts.includes(account);
  });
}
