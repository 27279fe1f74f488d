import { setTimeout as wait } from "node:timers/promises";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { awsConnection } from "../awsConnection";
import type { StackOutputs } from "../stackOutputs";
import type { Page, PageQuery, Pages } from "./readLines";
import { signedHeaders } from "./signature";

const TARGET = "Logs_20140328.FilterLogEvents";
const MEDIA_TYPE = "application/x-amz-json-1.1";
const TRIES = 6;
const FIRST_PAUSE_MS = 200;

/** What FilterLogEvents answers, or the error in its place. */
interface Answer {
  readonly events?: readonly { eventId: string; timestamp: number; message: string }[];
  readonly nextToken?: string;
  readonly __type?: string;
  readonly message?: string;
}

/**
 * The operation FilterLogEvents of CloudWatch Logs, tried again while it holds the caller back: an account may call it
 * five to ten times a second (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html).
 */
export class LogEvents implements Pages {
  private readonly region: string;
  private readonly url: URL;
  /** Finds the caller's credentials where every SDK client does. */
  private readonly client: CloudWatchClient;

  constructor(
    outputs: Pick<StackOutputs, "stateMachineArn" | "awsEndpoint">,
    private readonly pause: (ms: number) => Promise<unknown> = wait,
  ) {
    const connection = awsConnection(outputs);
    const domain = connection.region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    this.region = connection.region;
    this.url = new URL(connection.endpoint ?? `https://logs.${connection.region}.${domain}`);
    this.client = new CloudWatchClient(connection);
  }

  async page({ group, pattern, fromMs, token }: PageQuery): Promise<Page> {
    const request = {
      logGroupName: group,
      ...(pattern !== "" && { filterPattern: pattern }),
      startTime: Math.max(0, Math.floor(fromMs)),
      ...(token !== undefined && { nextToken: token }),
    };
    const { events = [], nextToken } = await this.call(JSON.stringify(request), group);
    const lines = events.map(({ eventId, timestamp, message }) => ({
      ...{ id: eventId, group, timeMs: timestamp, message },
    }));
    return { lines, ...(nextToken !== undefined && { next: nextToken }) };
  }

  close(): void {
    this.client.destroy();
  }

  private async call(body: string, group: string): Promise<Answer> {
    for (let tried = 1; ; tried++) {
      const { status, answer } = await this.send(body);
      if (status === 200) return answer;
      const name = answer.__type?.split("#").at(-1) ?? `status ${status}`;
      const passes = status >= 500 || name === "ThrottlingException";
      if (!passes || tried === TRIES) throw new Error(`${group} cannot be read: ${name}: ${answer.message ?? ""}`);
      await this.pause(FIRST_PAUSE_MS * 2 ** (tried - 1) * (0.5 + Math.random() / 2));
    }
  }

  private async send(body: string): Promise<{ status: number; answer: Answer }> {
    const keys = await this.client.config.credentials();
    const headers = signedHeaders(
      { host: this.url.host, headers: { "content-type": MEDIA_TYPE, "x-amz-target": TARGET }, body },
      { region: this.region, service: "logs", now: new Date() },
      keys,
    );
    try {
      const response = await fetch(this.url, { method: "POST", headers, body });
      const text = await response.text();
      return { status: response.status, answer: answerIn(text) };
    } catch (error) {
      // "fetch failed" says nothing; its cause does.
      throw error instanceof TypeError && error.cause instanceof Error ? error.cause : error;
    }
  }
}

/** A proxy on the way may answer something that is no JSON. */
function answerIn(text: string): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return { message: text.slice(0, 200) };
  }
}
