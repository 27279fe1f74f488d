import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { receiptKeyOf, type ReceiptDocument } from "../../../contracts/receipt";
import { awsConnection } from "../../awsConnection";
import type { StackOutputs } from "../../stackOutputs";
import type { ReceiptPlace } from "./story";

/** Where the order's receipt lies, or the mark in its place; undefined when neither is there. */
export async function receiptPlaceOf(
  outputs: StackOutputs,
  order: { readonly orderId: string; readonly createdAt: string },
): Promise<ReceiptPlace | undefined> {
  const client = new S3Client({ ...awsConnection(outputs), forcePathStyle: outputs.awsEndpoint !== undefined });
  const [bucket, key] = [outputs.receiptsBucket, receiptKeyOf(order)];
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const { status } = JSON.parse((await Body?.transformToString()) ?? "") as ReceiptDocument;
    return { bucket, key, status };
  } catch (error) {
    if ((error as Error).name === "NoSuchKey") return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
