import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { LogEntry, MailPage, OrderPage } from "../../../console/pages";
import { rebuiltOrder } from "../../../contracts/rebuiltOrder";
import { awsConnection } from "../../awsConnection";
import type { KeptMail } from "../../inbox/mailFiles";
import type { LogLine } from "../../logs/logLine";
import { RecordBooks } from "../../order/recordBooks";
import { tell } from "../../order/story/tell";
import type { Story } from "../../order/story/story";
import type { StackOutputs } from "../../stackOutputs";
import { Refusal } from "../http/exchange";
import type { OrderCosts } from "./orderCosts";

type Mail = Omit<KeptMail, "number" | "file">;

/** Gathers everything about an order, out of the same places as `npm run order -- ID --story`. */
export class OrderPages {
  private readonly books: RecordBooks;
  private readonly objects: S3Client;

  constructor(
    private readonly outputs: StackOutputs,
    private readonly mails: () => readonly Mail[],
    private readonly costs: OrderCosts,
  ) {
    this.books = new RecordBooks(outputs);
    this.objects = new S3Client({ ...awsConnection(outputs), forcePathStyle: true });
  }

  async find(orderId: string): Promise<OrderPage> {
    const { order, events } = await this.books.of(orderId);
    const rebuilt = order ?? rebuiltOrder(events);
    if (rebuilt === undefined) {
      throw new Refusal(
        404,
        `There is no order ${orderId}. The pipeline on this machine forgets its orders when it stops.`,
      );
    }
    const mails = this.mails().map((mail, at) => ({ ...mail, number: at + 1, file: "" }));
    const story = await tell({ bodyHash: "", ...rebuilt }, events, { outputs: this.outputs, mails });
    const receipt = story.receipt && { ...story.receipt, document: await this.document(story.receipt) };
    const cost = this.costs.of(orderId);
    return { ...pageOf(story), ...(receipt && { receipt }), ...(cost && { cost }) };
  }

  close(): void {
    this.books.close();
    this.objects.destroy();
  }

  private async document({ bucket, key }: { readonly bucket: string; readonly key: string }): Promise<unknown> {
    const { Body } = await this.objects.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return JSON.parse((await Body?.transformToString()) ?? "null");
  }
}

function pageOf({
  timeline,
  lines,
  executions,
  mails = [],
  deadLetters,
  notes,
}: Story): Omit<OrderPage, "receipt" | "cost"> {
  const { order, steps, totals } = timeline;
  return {
    order,
    trail: steps.map(({ occurredAt, type, version, words, said, way }) => ({
      ...{ atMs: Date.parse(occurredAt), type, version, words, said, way },
    })),
    ...{ charged: totals.charged, refunded: totals.refunded, runs: executions, letters: deadLetters, notes },
    lines: lines.map(logEntry),
    mails: mails.map(mailPage),
  };
}

export function logEntry({ at, function: from, level, message, keys }: LogLine): LogEntry {
  return { atMs: Date.parse(at), from, level, message, keys };
}

export function mailPage({ id, to, from, subject, body, timeMs, attributes }: Mail): MailPage {
  const orderId = attributes["orderId"];
  return { ...{ id, to, from, subject, body, timeMs }, ...(orderId !== undefined && { orderId }) };
}
