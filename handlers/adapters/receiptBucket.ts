import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { ReceiptDocument } from "../../contracts/receipt";
import type { ReceiptStore } from "../receiptStore";
import { CLIENT_SETTINGS } from "./clientSettings";

/** Attempts at one write that meets another write to the same key. */
const TRIES = 3;

/**
 * Receipts as objects of a bucket. `If-None-Match: *` lets S3 itself refuse to write where an object is, evaluated
 * against the current version; where only a delete marker is it would write
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html), so voiding writes an object. It
 * writes over the receipt, which the bucket keeps as an older version for a while.
 */
export function receiptBucket(bucket: string, client: S3Client = new S3Client(CLIENT_SETTINGS)): ReceiptStore {
  const put = async (key: string, document: ReceiptDocument, condition: { IfNoneMatch?: "*" } = {}): Promise<void> => {
    const Body = `${JSON.stringify(document, null, 2)}\n`;
    const object = { Bucket: bucket, Key: key, Body, ContentType: "application/json" };
    await client.send(new PutObjectCommand({ ...object, ...condition }));
  };

  const statusAt = async (key: string): Promise<ReceiptDocument["status"]> => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (JSON.parse((await Body?.transformToString()) ?? "") as ReceiptDocument).status;
  };

  return {
    async issue(key, receipt) {
      for (let tried = 1; ; tried++) {
        try {
          await put(key, receipt, { IfNoneMatch: "*" });
          return "DONE";
        } catch (error) {
          // Also what a repeated request meets whose first answer was lost.
          if (isCalled("PreconditionFailed", error)) return (await statusAt(key)) === "VOID" ? "VOID" : "ALREADY_DONE";
          if (tried === TRIES || !isCalled("ConditionalRequestConflict", error)) throw error;
        }
      }
    },

    void: (key, mark) => put(key, mark),
  };
}

/** S3's errors for conditional writes have no classes of their own in the SDK. */
function isCalled(name: string, error: unknown): boolean {
  return error instanceof Error && error.name === name;
}
