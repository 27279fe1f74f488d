import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import type { SagaEnd, Subject } from "./subject";
import { wallClockMs } from "./wallClock";

/** An order that the API accepted. */
export interface Accepted {
  readonly orderId: string;
  /** When its 201 was read. */
  readonly acceptedMs: number;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** More of them in a row say that the machine is too busy to measure on. */
const REPEATS = 3;

/** Of one order: when it was due, accepted and at its end. */
export interface Carried extends Accepted {
  /** When the request was sent; in an open loop, when it should have been. */
  readonly dueMs: number;
  readonly finalMs: number;
}

/** Places orders over kept connections, and learns from the runtime when each is at its end: nobody polls. */
export class Shopper {
  /** A connection that rests longer may be closed by the API just when it is used again. */
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 512, timeout: 2_000 });
  private readonly ended = new Map<string, SagaEnd>();
  private readonly waiting = new Map<string, (end: SagaEnd) => void>();
  private readonly unlisten: () => void;
  private readonly url: URL;
  private readonly keys: readonly string[];
  private placed = 0;

  constructor(
    subject: Pick<Subject, "apiUrl" | "apiKeys" | "onSagaEnd">,
    private readonly orderBody: (number: number) => string,
  ) {
    this.url = new URL(`${subject.apiUrl}/orders`);
    this.keys = Object.values(subject.apiKeys);
    this.unlisten = subject.onSagaEnd((end) => this.hear(end));
  }

  /** Places the next order, of the tenants in turn. Rejects unless it is accepted. */
  async place(): Promise<Accepted> {
    const { status, body } = await this.insist(this.placed++);
    const acceptedMs = wallClockMs();
    if (status !== 201) throw new Error(`POST /orders was answered ${status}: ${body}`);
    return { orderId: (JSON.parse(body) as { orderId: string }).orderId, acceptedMs };
  }

  /** Places the next order and waits for its end. Rejects unless it is confirmed. */
  async carry(dueMs = wallClockMs()): Promise<Carried> {
    const accepted = await this.place();
    return { dueMs, ...accepted, finalMs: await this.final(accepted.orderId) };
  }

  close(): void {
    this.unlisten();
    this.agent.destroy();
  }

  private async final(orderId: string): Promise<number> {
    const end =
      this.ended.get(orderId) ?? (await new Promise<SagaEnd>((resolve) => this.waiting.set(orderId, resolve)));
    this.ended.delete(orderId);
    this.waiting.delete(orderId);
    if (end.outcome !== "COMPLETED") {
      throw new Error(`The saga of order ${orderId} ended ${end.outcome}: the machine may be too busy to measure on.`);
    }
    return end.timeMs;
  }

  private hear(end: SagaEnd): void {
    const waiting = this.waiting.get(end.orderId);
    if (waiting === undefined) this.ended.set(end.orderId, end);
    else waiting(end);
  }

  /** Sends an order again that got no clear answer, under its key, as clients should. */
  private async insist(number: number): Promise<Answer> {
    const key = this.keys[number % this.keys.length] ?? "";
    const headers = { "x-api-key": key, "idempotency-key": randomUUID() };
    let answer = await this.post(this.orderBody(number), headers);
    for (let repeat = 0; repeat < REPEATS && answer.status === 503; repeat++) {
      answer = await this.post(this.orderBody(number), headers);
    }
    return answer;
  }

  private post(body: string, extra: Readonly<Record<string, string>>): Promise<Answer> {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body), ...extra };
    return new Promise((resolve, reject) => {
      const sent = request(this.url, { method: "POST", agent: this.agent, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
        response.on("error", reject);
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }
}
