import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import type { ReceiptDocument } from "../contracts/receipt";

/** Objects that are fetched at the same time. */
const AT_ONCE = 8;

/** Everything that lies in the bucket of receipts, by key. */
export async function readReceipts(client: S3Client, bucket: string): Promise<Map<string, ReceiptDocument>> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
    keys.push(...Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
  }
  const receipts = new Map<string, ReceiptDocument>();
  const readNext = async (): Promise<void> => {
    for (let key = keys.pop(); key !== undefined; key = keys.pop()) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      receipts.set(key, JSON.parse((await Body?.transformToString()) ?? "") as ReceiptDocument);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, readNext));
  return receipts;
}
