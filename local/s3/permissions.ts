import type { Permission } from "../iam/access";
import { copySourceName } from "./objectWrites";
import { deleteListOf } from "./deletions";
import type { S3Request } from "./s3Request";

/** Operations whose permission is not called after them. */
const ACTIONS: Readonly<Record<string, string>> = {
  CopyObject: "PutObject",
  HeadBucket: "ListBucket",
  HeadObject: "GetObject",
  ListBuckets: "ListAllMyBuckets",
  ListObjects: "ListBucket",
  ListObjectsV2: "ListBucket",
  ListObjectVersions: "ListBucketVersions",
};

/** Operations that need another permission when they name a version. */
const BY_VERSION: Readonly<Record<string, string>> = {
  GetObject: "GetObjectVersion",
  DeleteObject: "DeleteObjectVersion",
  GetObjectTagging: "GetObjectVersionTagging",
};

/**
 * What IAM asks of a caller for an operation:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function permissionsOf(operation: string, request: S3Request): readonly [Permission, ...Permission[]] {
  if (operation === "DeleteObjects") return ofDeleteObjects(request);
  const plain = ACTIONS[operation] ?? operation;
  const action = request.parameter("versionId") === undefined ? plain : (BY_VERSION[plain] ?? plain);
  return [{ action: `s3:${action}`, resource: arnOf(request) }, ...further(operation, request)];
}

function arnOf({ bucket, key }: S3Request): string {
  if (bucket === "") return "*";
  return `arn:aws:s3:::${bucket}${key === "" ? "" : `/${key}`}`;
}

function further(operation: string, request: S3Request): readonly Permission[] {
  const needed: Permission[] = [];
  if (operation === "CopyObject") {
    const { bucket, key, versionId } = copySourceName(request.header("x-amz-copy-source") ?? "");
    const action = versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion";
    needed.push({ action, resource: `arn:aws:s3:::${bucket}/${key}` });
  }
  if (request.header("x-amz-tagging") !== undefined) {
    needed.push({ action: "s3:PutObjectTagging", resource: arnOf(request) });
  }
  return needed;
}

function ofDeleteObjects(request: S3Request): readonly [Permission, ...Permission[]] {
  const [first, ...rest] = deleteListOf(request).objects.map(({ key, versionId }) => ({
    action: versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion",
    resource: `arn:aws:s3:::${request.bucket}/${key}`,
  }));
  return first === undefined ? [{ action: "s3:DeleteObject", resource: `${arnOf(request)}/*` }] : [first, ...rest];
}
