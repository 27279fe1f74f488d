import type { IncomingMessage } from "node:http";

/** What the signature of a request tells, without checking it: everybody on this machine is trusted to sign. */
export interface Signer {
  readonly accessKeyId: string;
  /** Signing name of the service, for example `dynamodb`. */
  readonly service: string;
  readonly region: string;
}

/**
 * Reads `AWS4-HMAC-SHA256 Credential=KEY/date/region/service/aws4_request, …` from the Authorization header, or the
 * credential of a presigned URL. Undefined for a request that is not signed.
 */
export function signerOf({ headers, url = "" }: Pick<IncomingMessage, "headers" | "url">): Signer | undefined {
  const signed = /Credential=([^,\s]+)/.exec(headers.authorization ?? "")?.[1];
  const query = new URLSearchParams(signed !== undefined || !url.includes("?") ? "" : url.slice(url.indexOf("?")));
  const credential = signed ?? query.get("X-Amz-Credential") ?? "";
  const match = /^([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential);
  if (match === null) return ofOldUrl(query);
  const [, accessKeyId = "", region = "", service = ""] = match;
  return { accessKeyId, region, service };
}

/**
 * S3 still takes presigned URLs of signature version 2 in us-east-1, which name no service, and the first version of
 * the aws command makes them: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
 */
function ofOldUrl(query: URLSearchParams): Signer | undefined {
  const accessKeyId = query.get("AWSAccessKeyId");
  if (accessKeyId === null || !query.has("Signature") || !query.has("Expires")) return undefined;
  return { accessKeyId, region: "us-east-1", service: "s3" };
}
