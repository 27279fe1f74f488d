import { createHash } from "node:crypto";
import { decodeAwsChunked, incomplete, malformedTrailer, type DecodedBody } from "./awsChunked";
import { checksumOf, CHECKSUMS, isChecksumAlgorithm, type Checksum } from "./checksum";
import { invalidRequest, notImplemented, S3Error } from "./s3Error";
import type { S3Request } from "./s3Request";

/** What a request carries, freed of its transfer encoding and checked against every digest that came with it. */
export interface Payload {
  readonly body: Buffer;
  /** The checksum that the client gave. */
  readonly checksum: Checksum | undefined;
}

/** Headers that begin like a checksum and are none. */
const NOT_CHECKSUMS = new Set(["x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type"]);

/**
 * Reads the body of an upload.
 *
 * @throws S3Error BadDigest, InvalidDigest, InvalidRequest, IncompleteBody, MalformedTrailerError,
 *   XAmzContentSHA256Mismatch, NotImplemented for an algorithm that is not computed here
 */
export function payloadOf(request: S3Request): Payload {
  const { body, trailers } = decoded(request);
  checkMd5(request.header("content-md5"), body);
  checkContentSha256(request.header("x-amz-content-sha256"), body);
  return { body, checksum: checkedChecksum(request, trailers, body) };
}

function decoded(request: S3Request): DecodedBody {
  const sha256 = request.header("x-amz-content-sha256") ?? "";
  if (!sha256.startsWith("STREAMING-")) return { body: request.body, trailers: {} };
  const decodedBody = decodeAwsChunked(request.body);
  const length = request.header("x-amz-decoded-content-length");
  if (length !== undefined && Number(length) !== decodedBody.body.length) throw incomplete();
  const announced = request.header("x-amz-trailer")?.toLowerCase();
  if (announced !== undefined && decodedBody.trailers[announced] === undefined) throw malformedTrailer();
  return decodedBody;
}

function checkMd5(given: string | undefined, body: Buffer): void {
  if (given === undefined) return;
  if (!/^[A-Za-z0-9+/]{22}==$/.test(given)) {
    throw new S3Error("InvalidDigest", "The Content-MD5 you specified was invalid.", 400, { "Content-MD5": given });
  }
  const calculated = createHash("md5").update(body).digest("base64");
  if (given !== calculated) {
    const fields = { ExpectedDigest: given, CalculatedDigest: calculated };
    throw new S3Error("BadDigest", "The Content-MD5 you specified did not match what we received.", 400, fields);
  }
}

function checkContentSha256(given: string | undefined, body: Buffer): void {
  if (given === undefined || !/^[\da-f]{64}$/.test(given)) return;
  const calculated = createHash("sha256").update(body).digest("hex");
  if (given === calculated) return;
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
  const fields = { ClientComputedContentSHA256: given, S3ComputedContentSHA256: calculated };
  throw new S3Error("XAmzContentSHA256Mismatch", message, 400, fields);
}

function checkedChecksum(request: S3Request, trailers: DecodedBody["trailers"], body: Buffer): Checksum | undefined {
  const names = [...request.headerNames("x-amz-checksum-"), ...Object.keys(trailers)].filter(
    (name) => name.startsWith("x-amz-checksum-") && !NOT_CHECKSUMS.has(name),
  );
  const [name] = names;
  if (name === undefined) {
    if (request.header("x-amz-sdk-checksum-algorithm") === undefined) return undefined;
    throw invalidRequest(
      "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
    );
  }
  if (names.length > 1) {
    throw invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  }
  const given = request.header(name) ?? trailers[name] ?? "";
  return verified(name, given, body);
}

function verified(header: string, given: string, body: Buffer): Checksum {
  const algorithm = header.slice("x-amz-checksum-".length);
  if (!isChecksumAlgorithm(algorithm)) {
    throw notImplemented(`the header ${header} (known: ${Object.keys(CHECKSUMS).join(", ")})`);
  }
  const calculated = checksumOf(body, algorithm);
  if (given.length !== calculated.value.length) throw invalidRequest(`Value for ${header} header is invalid.`);
  if (given !== calculated.value) {
    const message = `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`;
    throw new S3Error("BadDigest", message, 400);
  }
  return calculated;
}
