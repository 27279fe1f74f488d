import { createHash } from "node:crypto";
import type { MessageAttributes } from "./message";

/** The MD5 of a body, in hex: what SDKs compare with the body that they sent or got. */
export function digestOfBody(body: string): string {
  return createHash("md5").update(body).digest("hex");
}

/**
 * The MD5 of attributes, in hex; undefined without any. Sorted by name, each as length and bytes of name
 * and type, a byte 1 (text) or 2 (binary), length and bytes of the value; lengths are 4 bytes, big-endian.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function digestOfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash("md5");
  const add = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { dataType = "", stringValue, binaryValue } = attributes[name] ?? {};
    add(Buffer.from(name));
    add(Buffer.from(dataType));
    hash.update(Buffer.from([binaryValue === undefined ? 1 : 2]));
    add(binaryValue === undefined ? Buffer.from(stringValue ?? "") : Buffer.from(binaryValue, "base64"));
  }
  return hash.digest("hex");
}
