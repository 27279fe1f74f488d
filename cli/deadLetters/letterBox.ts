import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { Letter } from "./letter";

/**
 * How long a message stays hidden when nobody gives it back, because this command was killed. Long enough to page
 * through a thousand others.
 */
const HELD_SECONDS = 60;
const PAGE = 10;
/** Pages without a new message: copies of what was seen, which SQS may deliver twice. */
const STALE_PAGES = 3;

/**
 * A queue of failures, to look through. SQS has no way to look at a message without receiving it, so messages are
 * received page by page, hidden while the next page is fetched, and made visible again at the end.
 */
export class LetterBox {
  constructor(
    private readonly sqs: SQSClient,
    private readonly queueUrl: string,
  ) {}

  /** Runs `use` with up to `most` letters, or fewer once `enough` of them are there; then makes them visible again. */
  async open<Answer>(
    {
      most,
      enough = () => false,
    }: { readonly most: number; readonly enough?: (letters: ReadonlyMap<string, Letter>) => boolean },
    use: (letters: readonly Letter[]) => Promise<Answer>,
  ): Promise<Answer> {
    const letters = new Map<string, Letter>();
    try {
      for (let stale = 0; letters.size < most && stale < STALE_PAGES && !enough(letters);) {
        const page = await this.receive();
        if (page.length === 0) break;
        stale = page.some(({ id }) => !letters.has(id)) ? 0 : stale + 1;
        for (const letter of page) letters.set(letter.id, letter);
      }
      return await use([...letters.values()]);
    } finally {
      await this.giveBack([...letters.values()]);
    }
  }

  async delete({ receiptHandle }: Letter): Promise<void> {
    await this.sqs.send(new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle: receiptHandle }));
  }

  /**
   * Waits for a second: without waiting SQS asks only some of its servers, and an empty answer would not mean an empty
   * queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
   */
  private async receive(): Promise<Letter[]> {
    const { Messages = [] } = await this.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: this.queueUrl,
        MaxNumberOfMessages: PAGE,
        VisibilityTimeout: HELD_SECONDS,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      }),
    );
    return Messages.map(letterOf);
  }

  /**
   * What was deleted, or is visible again by now, is refused one by one, and that is as it should be. When the queue
   * does not answer, messages come back by themselves; that must not hide what was done with them.
   */
  private async giveBack(letters: readonly Letter[]): Promise<void> {
    for (let at = 0; at < letters.length; at += PAGE) {
      const Entries = letters.slice(at, at + PAGE).map(({ receiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: 0,
      }));
      const change = new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.queueUrl, Entries });
      await this.sqs.send(change).catch(() => undefined);
    }
  }
}

function letterOf({
  MessageId = "",
  Body = "",
  ReceiptHandle = "",
  Attributes = {},
  MessageAttributes = {},
}: Message): Letter {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, { StringValue = "" }]) => [name, StringValue] as const,
  );
  return {
    id: MessageId,
    body: Body,
    attributes: Object.fromEntries(attributes),
    sentMs: Number(Attributes.SentTimestamp),
    firstReceivedMs: Number(Attributes.ApproximateFirstReceiveTimestamp),
    receives: Number(Attributes.ApproximateReceiveCount),
    receiptHandle: ReceiptHandle,
  };
}
