import type { Clock } from "../clock";
import type { CallFaults, FaultyCall } from "../faults/callFaults";
import type { Feed } from "../feed";

interface Parts {
  readonly clock: Clock;
  readonly feed: Feed;
  readonly faults: Pick<CallFaults, "around">;
}

/** Tells the feed who calls what at the endpoint, so that whoever watches can count it. */
export class ToldCalls {
  constructor(private readonly parts: Parts) {}

  async around<Answer>(call: FaultyCall, carryOut: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await this.parts.faults.around(call, carryOut);
      // DynamoDB's own errors come back as replies; that a condition does not hold is an answer like any other.
      const { status } = (answer ?? {}) as { readonly status?: unknown };
      this.tell(call, !(typeof status === "number" && status >= 500));
      return answer;
    } catch (error) {
      this.tell(call, false);
      throw error;
    }
  }

  private tell({ action, roleArn, body }: FaultyCall, ok: boolean): void {
    const { feed, clock } = this.parts;
    const about = roleArn === undefined ? [] : namesIn(body);
    feed.emit("call", { action, ...(roleArn !== undefined && { roleArn }), about, ok, timeMs: clock.now() });
  }
}

/** Fields of requests that name what they are about; of a URL or an ARN the last part is the name. */
const NAMING = /"(?:TableName|QueueUrl|TopicArn|stateMachineArn|EventBusName)"\s*:\s*"([^"]*)"/g;
/** A batch names its tables as keys. */
const BATCH = /"RequestItems"\s*:\s*\{\s*"([^"]*)"/g;
/** So do statements, in quotes that are escaped. */
const STATEMENT = /\b(?:INTO|FROM|UPDATE) \\"([^"\\]*)\\"/g;
/** Beyond this a body is data, and its names have been read. */
const READ_CHARACTERS = 4_000;

function namesIn(body: Buffer): string[] {
  const text = body.subarray(0, READ_CHARACTERS).toString();
  const found = [NAMING, BATCH, STATEMENT].flatMap((naming) => [...text.matchAll(naming)]).map(([, name = ""]) => name);
  return [...new Set(found.map((name) => name.split(/[/:]/).at(-1) ?? name))];
}
