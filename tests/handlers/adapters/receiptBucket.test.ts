import assert from "node:assert/strict";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { after, before, beforeEach, describe, it } from "mocha";
import { receiptKeyOf, receiptOf, voidedReceiptOf } from "../../../contracts/receipt";
import { CLIENT_SETTINGS } from "../../../handlers/adapters/clientSettings";
import { receiptBucket } from "../../../handlers/adapters/receiptBucket";
import type { ReceiptStore } from "../../../handlers/receiptStore";
import { anOrder, captured } from "../../contracts/anOrder";
import { openS3, type S3Bench } from "../../local/s3/s3Bench";
import { cloud } from "../../local/serviceFixture";

describe("receiptBucket", () => {
  let bench: S3Bench;
  let client: S3Client;
  let receipts: ReceiptStore;
  let orders = 0;
  let order = anOrder();

  before(async () => {
    bench = await openS3();
    await bench.declare("aws:s3/bucket:Bucket", { bucket: "receipts" });
    const versioningConfiguration = { status: "Enabled" };
    await bench.declare("aws:s3/bucketVersioning:BucketVersioning", { bucket: "receipts", versioningConfiguration });
    const credentials = { accessKeyId: "TESTER", secretAccessKey: "secret" };
    client = new S3Client({ ...CLIENT_SETTINGS, endpoint: bench.url, region: cloud.region, credentials });
    receipts = receiptBucket("receipts", client);
  });

  after(async () => {
    client.destroy();
    await bench.close();
  });

  beforeEach(() => {
    order = anOrder({ orderId: `order-${++orders}`, stage: "PAYMENT_PROCESSED", payment: captured });
  });

  const issue = (store = receipts) => store.issue(receiptKeyOf(order), receiptOf(order));
  const mark = () => receipts.void(receiptKeyOf(order), voidedReceiptOf(order));
  const stored = async () => {
    const { Body, ContentType } = await client.send(
      new GetObjectCommand({ Bucket: "receipts", Key: receiptKeyOf(order) }),
    );
    return { document: JSON.parse((await Body?.transformToString()) ?? ""), ContentType };
  };
  const versions = (): number => bench.s3.bucket("receipts")?.versionsOf(receiptKeyOf(order)).length ?? 0;

  it("puts a receipt as JSON, once", async () => {
    assert.equal(await issue(), "DONE");
    assert.deepEqual(await stored(), { document: receiptOf(order), ContentType: "application/json" });
    assert.equal(await issue(), "ALREADY_DONE");
    assert.equal(versions(), 1);
  });

  it("leaves a mark in the place of a receipt, and keeps the receipt as an older version", async () => {
    await issue();
    await mark();
    assert.deepEqual((await stored()).document, voidedReceiptOf(order));
    assert.equal(versions(), 2);
  });

  it("refuses a receipt that comes after its mark, however often, and leaves the mark", async () => {
    await mark();
    assert.deepEqual([await issue(), await issue()], ["VOID", "VOID"]);
    assert.deepEqual((await stored()).document, voidedReceiptOf(order));
    await mark();
    assert.equal(await issue(), "VOID");
  });

  it("never leaves a receipt when it is issued and voided at once", async () => {
    for (let round = 0; round < 20; round++) {
      order = { ...order, orderId: `race-${round}` };
      await Promise.all([issue(), mark(), issue()]);
      assert.equal((await stored()).document.status, "VOID");
    }
  });

  describe("when another write to the key is under way", () => {
    /** The real bucket, but the first writes fail as the stand-in never does. */
    const conflicting = (times: number): ReceiptStore => {
      const send = async (command: any) => {
        if (times-- > 0) throw Object.assign(new Error(), { name: "ConditionalRequestConflict" });
        return client.send(command);
      };
      return receiptBucket("receipts", { send } as never);
    };

    it("tries again, as S3 asks", async () => {
      assert.equal(await issue(conflicting(2)), "DONE");
    });

    it("gives up with a fault, not with an answer", async () => {
      await assert.rejects(issue(conflicting(3)), { name: "ConditionalRequestConflict" });
    });
  });

  it("passes every other fault on", async () => {
    await assert.rejects(issue(receiptBucket("nowhere", client)), { name: "NoSuchBucket" });
  });
});
