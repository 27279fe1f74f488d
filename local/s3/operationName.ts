import type { S3Request } from "./s3Request";

const VERBS: Readonly<Record<string, string>> = {
  GET: "Get",
  PUT: "Put",
  DELETE: "Delete",
  POST: "Post",
  HEAD: "Head",
};

/** What the subresources of a bucket are called in the names of operations. */
const OF_BUCKET: Readonly<Record<string, string>> = {
  accelerate: "BucketAccelerateConfiguration",
  acl: "BucketAcl",
  abac: "BucketAbac",
  analytics: "BucketAnalyticsConfiguration",
  cors: "BucketCors",
  encryption: "BucketEncryption",
  "intelligent-tiering": "BucketIntelligentTieringConfiguration",
  inventory: "BucketInventoryConfiguration",
  lifecycle: "BucketLifecycleConfiguration",
  location: "BucketLocation",
  logging: "BucketLogging",
  metadataConfiguration: "BucketMetadataConfiguration",
  metadataTable: "BucketMetadataTableConfiguration",
  metrics: "BucketMetricsConfiguration",
  notification: "BucketNotificationConfiguration",
  "object-lock": "ObjectLockConfiguration",
  ownershipControls: "BucketOwnershipControls",
  policy: "BucketPolicy",
  policyStatus: "BucketPolicyStatus",
  publicAccessBlock: "PublicAccessBlock",
  replication: "BucketReplication",
  requestPayment: "BucketRequestPayment",
  tagging: "BucketTagging",
  versioning: "BucketVersioning",
  website: "BucketWebsite",
};

const OF_OBJECT: Readonly<Record<string, string>> = {
  acl: "ObjectAcl",
  attributes: "ObjectAttributes",
  "legal-hold": "ObjectLegalHold",
  retention: "ObjectRetention",
  tagging: "ObjectTagging",
  torrent: "ObjectTorrent",
};

/**
 * The operation that a request asks for, by its method, path and subresource, also when there is no stand-in for it:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export function operationName(request: S3Request): string {
  if (request.bucket === "") return request.method === "GET" ? "ListBuckets" : `${request.method} /`;
  return request.key === "" ? ofBucket(request) : ofObject(request);
}

function ofBucket({ method, query }: S3Request): string {
  const verb = VERBS[method] ?? method;
  if (method === "POST") return query.has("delete") ? "DeleteObjects" : "PostObject";
  if (method === "GET" && query.has("versions")) return "ListObjectVersions";
  if (method === "GET" && query.has("uploads")) return "ListMultipartUploads";
  if (query.has("session")) return "CreateSession";
  const noun = subresource(query, OF_BUCKET);
  if (noun !== undefined) return `${verb}${noun}`;
  if (method === "GET") return query.get("list-type") === "2" ? "ListObjectsV2" : "ListObjects";
  return method === "PUT" ? "CreateBucket" : `${verb}Bucket`;
}

function ofObject(request: S3Request): string {
  const { method, query } = request;
  const multipart = ofMultipart(request);
  if (multipart !== undefined) return multipart;
  const noun = subresource(query, OF_OBJECT);
  if (noun !== undefined) return `${VERBS[method] ?? method}${noun}`;
  if (query.has("renameObject")) return "RenameObject";
  if (query.has("restore")) return "RestoreObject";
  if (query.has("select")) return "SelectObjectContent";
  if (method === "PUT" && request.header("x-amz-copy-source") !== undefined) return "CopyObject";
  return `${VERBS[method] ?? method}Object`;
}

function ofMultipart(request: S3Request): string | undefined {
  const { method, query } = request;
  if (query.has("uploads")) return "CreateMultipartUpload";
  if (!query.has("uploadId")) return undefined;
  if (method === "PUT") return request.header("x-amz-copy-source") === undefined ? "UploadPart" : "UploadPartCopy";
  if (method === "POST") return "CompleteMultipartUpload";
  return method === "DELETE" ? "AbortMultipartUpload" : "ListParts";
}

function subresource(query: URLSearchParams, nouns: Readonly<Record<string, string>>): string | undefined {
  const name = Object.keys(nouns).find((known) => query.has(known));
  return name === undefined ? undefined : nouns[name];
}
