/** What the signature of a request tells, without checking it: everybody on this machine is trusted to sign. */
export interface Signer {
  readonly accessKeyId: string;
  /** Signing name of the service, for example `dynamodb`. */
  readonly service: string;
  readonly region: string;
}

/** Reads `AWS4-HMAC-SHA256 Credential=KEY/date/region/service/aws4_request, …`. */
export function signerOf(authorization: string | undefined): Signer | undefined {
  const match = /Credential=([^/,\s]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(authorization ?? "");
  if (match === null) return undefined;
  const [, accessKeyId = "", region = "", service = ""] = match;
  return { accessKeyId, region, service };
}
