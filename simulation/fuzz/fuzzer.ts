import fc from "fast-check";
import { Newcomer } from "./acquaintance";
import { DocumentedApi } from "./documentedApi";
import type { Sending, WireAnswer } from "./exchange";
import { Judge, type Judgement, type Mistake } from "./judge";
import { sendings } from "./sendings";
import { storedMistakes } from "./storedOrders";
import { Tally } from "./tally";
import type { FuzzTarget } from "./target";
import { Wire } from "./wire";

export interface FuzzPlan {
  /** Decides every request. */
  readonly seed: number;
  /** Numbers of the requests, from 0. */
  readonly numbers: readonly number[];
  /** Requests that are on their way at once. */
  readonly atOnce: number;
  /** Whether sagas run, so that the orders that are placed first can be seen final. */
  readonly untilFinal: boolean;
  /** Told of the beginning, once orders are there that will become final without help. */
  readonly onBegin?: () => Promise<void>;
  readonly onProgress?: (sent: number) => void;
}

/** A request whose answer breaks a rule, as small as it could be made. */
export interface Finding extends Mistake {
  /** Of the request, with which it can be repeated. */
  readonly number: number;
  readonly about: string;
  readonly sending: Sending;
  readonly answer?: WireAnswer;
  /** Requests that broke the same rule of the same operation. */
  readonly count: number;
}

export interface FuzzReport {
  readonly seed: number;
  readonly requests: number;
  readonly durationMs: number;
  readonly tally: Tally;
  readonly findings: readonly Finding[];
  /** Orders that were accepted, the first few included. */
  readonly accepted: number;
  /** What is wrong with the orders table. */
  readonly stored: readonly string[];
}

/** Different findings after which it is enough. */
const MOST_FINDINGS = 20;

const LONGEST_PAUSE_SECONDS = 10;

/** Requests that making one finding smaller may take. */
const MOST_ATTEMPTS = 300;

/** Sends requests that a seed decides to a running API, and holds every answer against the API's own document. */
export class Fuzzer {
  private readonly api = new DocumentedApi();
  private readonly tally = new Tally();
  private readonly accepted = new Map<string, string>();
  private readonly findings = new Map<string, Finding>();
  private readonly wire: Wire;

  constructor(
    private readonly target: FuzzTarget,
    private readonly plan: FuzzPlan,
  ) {
    this.wire = new Wire(target.apiUrl, plan.atOnce);
  }

  async run(): Promise<FuzzReport> {
    const { seed, numbers, atOnce, untilFinal, onBegin, onProgress } = this.plan;
    try {
      const known = await new Newcomer(this.wire, this.target, `fuzz-${seed}`).look({ untilFinal });
      await onBegin?.();
      const before = new Set((await this.target.orders()).keys());
      const judge = new Judge(this.api, known.absent, new Set(Object.values(this.target.apiKeys)));
      const host = this.wire.takesBytes ? this.wire.host : undefined;
      const requests = sendings(this.api, known, host);
      const startedMs = performance.now();
      const left = [...numbers].reverse();
      const client = async (): Promise<void> => {
        for (let number = left.pop(); number !== undefined; number = left.pop()) {
          await this.tryOut(number, requests, judge);
          onProgress?.(this.tally.sent);
          if (this.findings.size >= MOST_FINDINGS) return;
        }
      };
      await Promise.all(Array.from({ length: atOnce }, client));
      const durationMs = performance.now() - startedMs;
      const stored = storedMistakes(await this.target.orders(), this.accepted, before);
      const { tally, accepted } = this;
      const findings = [...this.findings.values()];
      return { seed, requests: tally.sent, durationMs, tally, findings, accepted: accepted.size, stored };
    } finally {
      this.wire.close();
    }
  }

  /** Sends one request; when its answer breaks a rule that was kept so far, looks for the smallest that breaks it too. */
  private async tryOut(number: number, requests: fc.Arbitrary<Sending>, judge: Judge): Promise<void> {
    let attempts = 0;
    let found: Finding | undefined;
    const property = fc.asyncProperty(requests, async (sending) => {
      // Nothing fails any more, so the search ends with what it has.
      if (++attempts > MOST_ATTEMPTS) return true;
      const { judgement, answer } = await this.exchange(sending, judge);
      const { about, mistakes } = judgement;
      const mistake = mistakes.find(
        ({ rule }) => found === undefined || (rule === found.rule && about === found.about),
      );
      if (mistake === undefined) return true;
      if (found === undefined && this.isKnown(about, mistake)) return true;
      found = { ...mistake, number, about, sending, ...(answer && { answer }), count: 1 };
      this.findings.set(`${about} ${mistake.rule}`, found);
      return false;
    });
    await fc.check(property, { seed: seedOf(this.plan.seed, number), numRuns: 1 });
  }

  /** Whether the rule was broken in the same place before; counts it there. */
  private isKnown(about: string, { rule }: Mistake): boolean {
    const key = `${about} ${rule}`;
    const known = this.findings.get(key);
    if (known !== undefined) this.findings.set(key, { ...known, count: known.count + 1 });
    return known !== undefined;
  }

  private async exchange(sending: Sending, judge: Judge): Promise<{ judgement: Judgement; answer?: WireAnswer }> {
    try {
      const answer = await this.answerTo(sending);
      const judgement = "bytes" in sending ? judge.ofBytes(answer) : judge.of(sending.request, sending.isGood, answer);
      this.tally.add(sending, judgement, answer);
      if (judgement.about === "createOrder" && answer.status === 201) this.remember(sending, answer);
      return { judgement, answer };
    } catch (error) {
      const mistake = { rule: "no fault", sentence: `there is no answer: ${(error as Error).message}` } as const;
      return { judgement: { about: "the connection", mistakes: [mistake] } };
    }
  }

  /**
   * A busy machine may keep something waiting for longer than a function does, and a running pipeline has limits. Whoever
   * is turned away with a `Retry-After` comes again then; that a request itself is the reason shows in its second answer.
   */
  private async answerTo(sending: Sending): Promise<WireAnswer> {
    if ("bytes" in sending) return this.wire.sendBytes(sending.bytes);
    const answer = await this.wire.send(sending.request);
    const seconds = Number(answer.headers.get("retry-after") ?? NaN);
    if (![429, 503].includes(answer.status) || !(seconds <= LONGEST_PAUSE_SECONDS)) return answer;
    this.tally.turnedAway += 1;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return this.wire.send(sending.request);
  }

  private remember(sending: Sending, { body }: WireAnswer): void {
    const { orderId } = JSON.parse(body.toString("utf8")) as { orderId?: string };
    if ("bytes" in sending || orderId === undefined) return;
    this.accepted.set(orderId, (sending.request.body ?? Buffer.alloc(0)).toString("utf8"));
  }
}

/** Neighbouring numbers get seeds far apart. 32 bits, with a sign, as fast-check takes them. */
function seedOf(seed: number, number: number): number {
  return (Math.imul(seed ^ (number + 1), 0x9e3779b1) + Math.imul(number, 0x85ebca6b)) | 0;
}
