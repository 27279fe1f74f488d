import type { Buckets } from "./buckets";
import { ownerOf } from "./objectLists";
import { emptyReply, xmlDate, xmlReply } from "./objectReply";
import { payloadOf } from "./payload";
import { malformedXml, notImplemented, S3Error } from "./s3Error";
import type { S3Operation } from "./s3Operation";
import type { S3Request } from "./s3Request";
import { childOf, parseXml, textOf } from "./xmlDocument";

export function bucketOperations(buckets: Buckets): Readonly<Record<string, S3Operation>> {
  const { region } = buckets.cloud;
  return {
    ListBuckets(request) {
      const Bucket = buckets
        .all()
        .filter(({ name }) => name.startsWith(request.parameter("prefix") ?? ""))
        .map(({ name, createdMs }) => ({ Name: name, CreationDate: xmlDate(createdMs), BucketRegion: region }));
      return xmlReply("ListAllMyBucketsResult", { Owner: ownerOf(buckets.cloud), Buckets: { Bucket } });
    },
    CreateBucket(request) {
      checkNewBucket(request, region);
      const { name } = buckets.create(request.bucket);
      return emptyReply(200, { location: `/${name}` });
    },
    HeadBucket(request) {
      buckets.get(request.bucket);
      return emptyReply(200, { "x-amz-bucket-region": region, "content-type": "application/xml" });
    },
    DeleteBucket(request) {
      buckets.delete(request.bucket);
      return emptyReply(204);
    },
    GetBucketLocation(request) {
      buckets.get(request.bucket);
      // The oldest region has no location: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
      return xmlReply("LocationConstraint", region === "us-east-1" ? "" : region);
    },
    GetBucketVersioning(request) {
      const { versioning } = buckets.get(request.bucket);
      return xmlReply("VersioningConfiguration", { Status: versioning === "Disabled" ? undefined : versioning });
    },
    PutBucketVersioning(request) {
      const bucket = buckets.get(request.bucket);
      bucket.versioning = requestedVersioning(request);
      return emptyReply(200);
    },
    GetBucketPolicy(request) {
      const { policy, name } = buckets.get(request.bucket);
      if (policy === undefined) {
        throw new S3Error("NoSuchBucketPolicy", "The bucket policy does not exist", 404, { BucketName: name });
      }
      return { status: 200, headers: { "content-type": "application/json" }, body: policy };
    },
  };
}

/** A bucket is created in the region of the endpoint, which all but the oldest region want to be told. */
function checkNewBucket(request: S3Request, region: string): void {
  for (const prefix of ["x-amz-acl", "x-amz-grant-", "x-amz-bucket-object-lock-enabled", "x-amz-object-ownership"]) {
    const [name] = request.headerNames(prefix);
    if (name !== undefined) throw notImplemented(`the header ${name}`);
  }
  const { body } = payloadOf(request);
  const root = body.length === 0 ? undefined : parseXml(body.toString());
  if (body.length > 0 && root?.name !== "CreateBucketConfiguration") throw malformedXml();
  for (const name of ["Location", "Bucket"]) {
    if (root !== undefined && childOf(root, name) !== undefined)
      throw notImplemented(`the element ${name} of CreateBucket`);
  }
  const constraint = root === undefined ? undefined : textOf(root, "LocationConstraint")?.trim();
  if ((constraint ?? "us-east-1") === region) return;
  const message = `The ${constraint ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.`;
  throw new S3Error("IllegalLocationConstraintException", message, 400);
}

function requestedVersioning(request: S3Request): "Enabled" | "Suspended" {
  const root = parseXml(payloadOf(request).body.toString());
  const status = root?.name === "VersioningConfiguration" ? textOf(root, "Status") : undefined;
  if (root !== undefined && textOf(root, "MfaDelete") === "Enabled") throw notImplemented("MfaDelete");
  if (status !== "Enabled" && status !== "Suspended") throw malformedXml();
  return status;
}
