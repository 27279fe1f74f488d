import {
  BUCKET,
  BUCKET_ENCRYPTION,
  BUCKET_LIFECYCLE,
  BUCKET_LOGGING,
  BUCKET_OWNERSHIP,
  BUCKET_POLICY,
  BUCKET_PUBLIC_ACCESS_BLOCK,
  BUCKET_VERSIONING,
  KEY,
  KEY_POLICY,
  QUEUE,
  TABLE,
  TABLE_POLICY,
} from "../../../policies/resourceTypes";
import { made, NARROWED, OPEN, policy, tlsOnly, type Making } from "../resources";
import { describeRule } from "../ruleCase";

const other = made(QUEUE, {}, { name: "other" });
const inProd = { stack: "prod" };
const table = (inputs: object = {}, making?: Making) => made(TABLE, { ...inputs }, making);

describeRule("table-can-be-restored", {
  keeps: [table({ pointInTimeRecovery: { enabled: true } })],
  breaks: { "thing cannot be restored to a point in time.": [table({ pointInTimeRecovery: { enabled: false } })] },
  ignores: [other],
});

describeRule("table-is-encrypted", {
  keeps: [table({ serverSideEncryption: { enabled: true } })],
  breaks: { "thing is encrypted with a key of AWS's own.": [table()] },
  ignores: [other],
});

describeRule("production-table-refuses-deletion", {
  keeps: [table({ deletionProtectionEnabled: true }, { ...inProd, protect: true })],
  breaks: {
    "thing can be deleted in AWS.": [table({}, { ...inProd, protect: true })],
    "thing can be deleted by Pulumi.": [table({ deletionProtectionEnabled: true }, inProd)],
  },
  ignores: [other, table()],
});

describeRule("table-grows-with-demand", {
  keeps: [table({ billingMode: "PAY_PER_REQUEST" })],
  breaks: { "thing has a fixed capacity.": [table({ billingMode: "PROVISIONED" })] },
  ignores: [other],
});

const restorable = { pointInTimeRecovery: { enabled: true } };
describeRule("temporary-rows-expire", {
  keeps: [table(restorable), table({ ttl: { enabled: true } }, { name: "limits" })],
  breaks: {
    "thing keeps temporary rows for ever.": [table()],
    "user-sessions keeps temporary rows for ever.": [table(restorable, { name: "user-sessions" })],
  },
  ignores: [other],
});

describeRule("table-policy-lets-nobody-in", {
  keeps: [
    made(TABLE_POLICY, { policy: tlsOnly("dynamodb:*") }),
    made(TABLE_POLICY, { policy: NARROWED }, { name: "b" }),
  ],
  breaks: { "thing lets everybody do x:Do.": [made(TABLE_POLICY, { policy: OPEN })] },
  ignores: [other],
});

const bucket = (inputs: object = {}, making?: Making) => made(BUCKET, { ...inputs }, making);
const part = (type: string, inputs: object) =>
  made(type, { ...inputs }, { name: "part", from: { bucket: [bucket()] } });
const BLOCKED = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };

describeRule("bucket-blocks-public-access", {
  keeps: [bucket(), part(BUCKET_PUBLIC_ACCESS_BLOCK, BLOCKED)],
  breaks: {
    "thing does not block public access.": [bucket()],
    "thing leaves blockPublicPolicy off.": [
      bucket(),
      part(BUCKET_PUBLIC_ACCESS_BLOCK, { ...BLOCKED, blockPublicPolicy: false }),
    ],
  },
  ignores: [other],
});

describeRule("bucket-takes-tls-only", {
  keeps: [bucket(), part(BUCKET_POLICY, { policy: tlsOnly("s3:*") })],
  breaks: {
    "thing takes requests in the clear.": [bucket(), part(BUCKET_POLICY, { policy: tlsOnly("s3:GetObject") })],
  },
  ignores: [other],
});

const encrypting = (sseAlgorithm: string) =>
  part(BUCKET_ENCRYPTION, { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }] });
describeRule("bucket-is-encrypted", {
  keeps: [bucket(), encrypting("AES256")],
  breaks: { "thing does not say how it encrypts.": [bucket()] },
  ignores: [other],
});

const versioning = (status: string) => part(BUCKET_VERSIONING, { versioningConfiguration: { status } });
describeRule("bucket-keeps-versions", {
  keeps: [bucket(), versioning("Enabled")],
  breaks: { "thing forgets what is written over.": [bucket(), versioning("Suspended")] },
  ignores: [other],
});

const lifecycle = (rule: object) => part(BUCKET_LIFECYCLE, { rules: [rule] });
describeRule("bucket-has-a-lifecycle", {
  keeps: [bucket(), lifecycle({ status: "Enabled", expiration: { days: 30 } })],
  breaks: {
    "thing keeps everything for ever.": [bucket(), lifecycle({ status: "Disabled", expiration: { days: 30 } })],
  },
  ignores: [other],
});

const owned = (objectOwnership: string) => part(BUCKET_OWNERSHIP, { rule: { objectOwnership } });
describeRule("bucket-has-no-acls", {
  keeps: [bucket(), owned("BucketOwnerEnforced")],
  breaks: { "thing lets objects have access lists of their own.": [bucket(), owned("ObjectWriter")] },
  ignores: [other],
});

const admits = (AWS: string) => policy({ Effect: "Allow", Principal: { AWS }, Action: "s3:GetObject", Resource: "*" });
describeRule("bucket-policy-names-no-stranger", {
  keeps: [
    made(BUCKET_POLICY, { policy: tlsOnly("s3:*") }),
    made(BUCKET_POLICY, { policy: admits("arn:aws:iam::444455556666:root") }, { name: "known" }),
  ],
  breaks: {
    "thing lets * do x:Do.": [made(BUCKET_POLICY, { policy: OPEN })],
    "thing lets AWS:arn:aws:iam::777788889999:role/x do s3:GetObject.": [
      made(BUCKET_POLICY, { policy: admits("arn:aws:iam::777788889999:role/x") }),
    ],
  },
  ignores: [other],
  with: { properties: { accounts: ["444455556666"] } },
});

describeRule("bucket-logs-access", {
  keeps: [bucket(), part(BUCKET_LOGGING, { targetBucket: "logs" })],
  breaks: { "thing logs no access.": [bucket()] },
  ignores: [other],
});

describeRule("production-bucket-refuses-deletion", {
  keeps: [bucket({ forceDestroy: false }, { ...inProd, protect: true })],
  breaks: {
    "thing is deleted with everything in it.": [bucket({ forceDestroy: true }, { ...inProd, protect: true })],
    "thing can be deleted by Pulumi.": [bucket({}, inProd)],
  },
  ignores: [other, bucket({ forceDestroy: true })],
});

describeRule("key-rotates", {
  keeps: [made(KEY, { enableKeyRotation: true })],
  breaks: { "thing is never replaced.": [made(KEY, {})] },
  ignores: [other],
});

describeRule("key-is-not-public", {
  keeps: [made(KEY_POLICY, { policy: NARROWED }), made(KEY, {}, { name: "without a policy" })],
  breaks: {
    "thing lets everybody do x:Do.": [made(KEY_POLICY, { policy: OPEN })],
    "key lets everybody do x:Do.": [made(KEY, { policy: OPEN }, { name: "key" })],
  },
  ignores: [other],
});

describeRule("key-can-be-saved", {
  keeps: [made(KEY, { deletionWindowInDays: 30 }), made(KEY, {}, { name: "by default" })],
  breaks: { "thing is gone 7 days after it was deleted.": [made(KEY, { deletionWindowInDays: 7 })] },
  ignores: [other],
});
