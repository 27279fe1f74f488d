import type { CallFaults, FaultyCall } from "../faults/callFaults";
import type { Feed } from "../feed";
import { chunks, type BilledUnit } from "./charge";

interface Parts {
  readonly feed: Feed;
  /** What may go wrong with the call; a call that never gets to its service is not billed. */
  readonly faults: Pick<CallFaults, "around">;
}

/** Operations on buckets at the dear price, and at the cheap one; deleting is free. https://aws.amazon.com/s3/pricing/ */
const S3_WRITES = /^s3:(Put|Copy|Post|List|Create|Complete|Upload)/;
const S3_READS = /^s3:(Get|Head|Select)/;

/** Tells the feed what the endpoint's calls cost, of those services that bill a call as a call. */
export class MeteredCalls {
  constructor(private readonly parts: Parts) {}

  around<Answer>(call: FaultyCall, carryOut: () => Promise<Answer>): Promise<Answer> {
    const unit = unitOf(call.action);
    if (unit === undefined) return this.parts.faults.around(call, carryOut);
    return this.parts.faults.around(call, () => {
      const { action, body, trace: within } = call;
      const quantity = unit === "sqsRequest" ? chunks(body.length) : 1;
      this.parts.feed.emit("billed", { unit, resource: action, quantity, within, about: () => body.toString() });
      return carryOut();
    });
  }
}

function unitOf(action: string): BilledUnit | undefined {
  if (action.startsWith("sqs:")) return "sqsRequest";
  if (S3_WRITES.test(action)) return "s3Write";
  return S3_READS.test(action) ? "s3Read" : undefined;
}
