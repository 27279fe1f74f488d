import { isFields } from "../operationInput";
import type { Bucket } from "./bucket";
import { lifecycleRulesOf } from "./lifecycleRule";

type Fields = Readonly<Record<string, unknown>>;

/** By resource type: what the inputs of a resource that configures a bucket do to it. Each throws an Error that says what is wrong. */
export const CONFIGURE: Readonly<Record<string, (bucket: Bucket, inputs: Fields) => void>> = {
  "aws:s3/bucketVersioning:BucketVersioning": (bucket, inputs) => {
    const { status, mfaDelete, ...others } = structure(inputs["versioningConfiguration"], "versioningConfiguration");
    refuseOthers("versioningConfiguration", others);
    if (mfaDelete !== undefined && mfaDelete !== "Disabled") {
      throw new Error("the local runtime has no stand-in for versioningConfiguration.mfaDelete.");
    }
    bucket.versioning = oneOf("versioningConfiguration.status", status, ["Enabled", "Suspended", "Disabled"]);
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": () => undefined,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (bucket, inputs) => {
    const rules = Array.isArray(inputs["rules"]) ? inputs["rules"] : [];
    if (rules.length !== 1) throw new Error(`rules must have one rule, not ${rules.length}.`);
    bucket.encryption = encryptionOf(structure(rules[0], "rules[0]"));
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": (bucket, inputs) => {
    bucket.lifecycleRules = lifecycleRulesOf(inputs["rules"]);
  },
  "aws:s3/bucketPolicy:BucketPolicy": (bucket, inputs) => {
    bucket.policy = policyOf(inputs["policy"]);
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": (bucket, inputs) => {
    const { objectOwnership, ...others } = structure(inputs["rule"], "rule");
    refuseOthers("rule", others);
    const known = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"] as const;
    bucket.objectOwnership = oneOf("rule.objectOwnership", objectOwnership, known);
  },
};

/** The encryption has no local effect; objects show what the bucket asks for. */
function encryptionOf(rule: Fields): Readonly<Record<string, string>> {
  const { applyServerSideEncryptionByDefault = {}, bucketKeyEnabled, blockedEncryptionTypes: _, ...others } = rule;
  refuseOthers("rules[0]", others);
  const byDefault = structure(applyServerSideEncryptionByDefault, "applyServerSideEncryptionByDefault");
  const { sseAlgorithm, kmsMasterKeyId, ...unknown } = byDefault;
  refuseOthers("applyServerSideEncryptionByDefault", unknown);
  const algorithm = oneOf("sseAlgorithm", sseAlgorithm ?? "AES256", ["AES256", "aws:kms", "aws:kms:dsse"]);
  if (algorithm === "AES256" && typeof kmsMasterKeyId === "string") {
    throw new Error("kmsMasterKeyId goes with the sseAlgorithm aws:kms, not with AES256.");
  }
  return {
    "x-amz-server-side-encryption": algorithm,
    ...(typeof kmsMasterKeyId === "string" && { "x-amz-server-side-encryption-aws-kms-key-id": kmsMasterKeyId }),
    ...(bucketKeyEnabled === true && { "x-amz-server-side-encryption-bucket-key-enabled": "true" }),
  };
}

function policyOf(policy: unknown): string {
  const text = typeof policy === "string" ? policy : JSON.stringify(policy);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error("policy is not JSON.");
  }
  const statement = isFields(document) ? document["Statement"] : undefined;
  if (!isFields(statement) && !(Array.isArray(statement) && statement.length > 0)) {
    throw new Error("policy has no Statement.");
  }
  return text;
}

function structure(value: unknown, where: string): Fields {
  if (!isFields(value)) throw new Error(`${where} must be an object, not ${JSON.stringify(value)}.`);
  return value;
}

function refuseOthers(where: string, others: Fields): void {
  const names = Object.keys(others).filter((name) => others[name] !== undefined && others[name] !== null);
  if (names.length > 0) throw new Error(`the local runtime does not know ${names.join(", ")} of ${where}.`);
}

function oneOf<Known extends string>(field: string, value: unknown, known: readonly Known[]): Known {
  const found = known.find((candidate) => candidate === value);
  if (found === undefined)
    throw new Error(`${field} must be one of ${known.join(", ")}, not ${JSON.stringify(value)}.`);
  return found;
}
