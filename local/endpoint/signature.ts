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
 * credential of a presigned URL (`X-Amz-Credential`). Undefined for a request that is not signed.
 */
export function signerOf({ headers, url }: Pick<IncomingMessage, "headers" | "url">): Signer | undefined {
  const credential = /Credential=([^,\s]+)/.exec(headers.authorization ?? "")?.[1] ?? presigned(url ?? "");
  const match = /^([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential ?? "");
  if (match === null) return undefined;
  const [, accessKeyId = "", region = "", service = ""] = match;
  return { accessKeyId, region, service };
}

function presigned(url: string): string | undefined {
  const at = url.indexOf("?");
  return at === -1 ? undefined : (new URLSearchParams(url.slice(at)).get("X-Amz-Credential") ?? undefined);
}
