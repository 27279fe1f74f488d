import { AwsError } from "../awsError";
import type { Reply } from "../endpoint/protocol";
import { renderXml } from "./xmlDocument";

/**
 * An error of S3: code, status and the elements that its document has beside Code and Message
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).
 */
export class S3Error extends AwsError {
  /** Headers of the answer beside those that every error has. */
  headers: Readonly<Record<string, string>> = {};

  withHeaders(headers: Readonly<Record<string, string>>): this {
    this.headers = headers;
    return this;
  }
}

export function noSuchBucket(bucket: string): S3Error {
  return new S3Error("NoSuchBucket", "The specified bucket does not exist", 404, { BucketName: bucket });
}

export function noSuchKey(key: string, headers: Readonly<Record<string, string>> = {}): S3Error {
  return new S3Error("NoSuchKey", "The specified key does not exist.", 404, { Key: key }).withHeaders(headers);
}

export function noSuchVersion(key: string, versionId: string): S3Error {
  const fields = { Key: key, VersionId: versionId };
  return new S3Error("NoSuchVersion", "The specified version does not exist.", 404, fields);
}

/** @param condition the header that did not hold, for example `If-None-Match` */
export function preconditionFailed(condition: string): S3Error {
  const message = "At least one of the pre-conditions you specified did not hold";
  return new S3Error("PreconditionFailed", message, 412, { Condition: condition });
}

export function invalidArgument(name: string, value: string, message: string): S3Error {
  return new S3Error("InvalidArgument", message, 400, { ArgumentName: name, ArgumentValue: value });
}

export function invalidRequest(message: string): S3Error {
  return new S3Error("InvalidRequest", message, 400);
}

export function malformedXml(): S3Error {
  const message = "The XML you provided was not well-formed or did not validate against our published schema";
  return new S3Error("MalformedXML", message, 400);
}

/** @param what the operation, header or value that has no stand-in here */
export function notImplemented(what: string): S3Error {
  return new S3Error("NotImplemented", `The local runtime has no stand-in for ${what} of S3.`, 501);
}

/** The error document, as SDKs parse it; an answer to HEAD has no body, so that its status alone tells. */
export function errorReply(error: AwsError, method: string, requestId: string): Reply {
  const { code, message, status, fields } = error;
  const more = error instanceof S3Error ? error.headers : {};
  const document = { Code: code, Message: message, ...fields, RequestId: requestId, HostId: "local-runtime" };
  const body = method === "HEAD" || status === 304 ? "" : renderXml("Error", document);
  return { status, headers: { "content-type": "application/xml", "x-amz-request-id": requestId, ...more }, body };
}
