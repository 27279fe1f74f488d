import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { crc32c, crc64Nvme } from "./crc";

/** The checksum algorithms, as the headers `x-amz-checksum-…` name them. */
export const CHECKSUMS = {
  crc32: (body: Buffer): Buffer => uint32(crc32(body)),
  crc32c: (body: Buffer): Buffer => uint32(crc32c(body)),
  crc64nvme: crc64Nvme,
  sha1: (body: Buffer): Buffer => createHash("sha1").update(body).digest(),
  sha256: (body: Buffer): Buffer => createHash("sha256").update(body).digest(),
} as const;

export type ChecksumAlgorithm = keyof typeof CHECKSUMS;

/** A checksum of a whole object. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64. */
  readonly value: string;
}

/** Whether the algorithm is one that the runtime computes. The name is in lower case. */
export function isChecksumAlgorithm(name: string): name is ChecksumAlgorithm {
  return Object.hasOwn(CHECKSUMS, name);
}

export function checksumOf(body: Buffer, algorithm: ChecksumAlgorithm): Checksum {
  return { algorithm, value: CHECKSUMS[algorithm](body).toString("base64") };
}

/** The header that carries a checksum, and its type: there are only checksums of whole objects without multipart uploads. */
export function checksumHeaders({ algorithm, value }: Checksum): Readonly<Record<string, string>> {
  return { [`x-amz-checksum-${algorithm}`]: value, "x-amz-checksum-type": "FULL_OBJECT" };
}

/** The elements of a document that carry a checksum. */
export function checksumElements({ algorithm, value }: Checksum): Readonly<Record<string, string>> {
  return { [`Checksum${algorithm.toUpperCase()}`]: value, ChecksumType: "FULL_OBJECT" };
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
