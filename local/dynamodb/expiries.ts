import type { StreamRecord } from "../lambda/eventSources";

/** The key and the end of an item, as DynamoDB writes values: `{ S: "…" }`. */
export type Expiring = Readonly<Record<string, unknown>>;

/** More than are deleted before their records are read. */
const REMEMBERED = 20_000;

/**
 * Which records of a stream tell of items whose time was over. DynamoDB Local does not say who deleted an item, so it
 * is told here before the item goes, and found again by the item's key and, where the record has it, its end.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
 */
export class Expiries {
  private readonly announced = new Map<string, Expiring>();
  private readonly recognised = new Set<string>();

  /** Says that an item is about to be deleted; `end` is its attribute with the time. Answers how to take it back. */
  announce(keys: Expiring, end: Expiring): () => void {
    const identity = identityOf(keys);
    this.announced.set(identity, end);
    return () => this.announced.delete(identity);
  }

  /** What a record says of who made the change: nothing where a caller did. */
  identityOf({ eventName, dynamodb }: StreamRecord): Pick<StreamRecord, "userIdentity"> {
    const { Keys, OldImage, SequenceNumber } = dynamodb;
    if (this.recognised.has(SequenceNumber)) return BY_DYNAMODB;
    const end = eventName === "REMOVE" ? this.announced.get(identityOf(Keys)) : undefined;
    if (end === undefined || (OldImage !== undefined && !holds(OldImage, end))) return {};
    this.announced.delete(identityOf(Keys));
    // A record can be read again.
    this.recognised.add(SequenceNumber);
    if (this.recognised.size > REMEMBERED) this.recognised.delete(this.recognised.values().next().value ?? "");
    return BY_DYNAMODB;
  }
}

const BY_DYNAMODB = { userIdentity: { type: "Service", principalId: "dynamodb.amazonaws.com" } };

function identityOf(keys: Expiring): string {
  return JSON.stringify(Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function holds(image: Expiring, end: Expiring): boolean {
  return Object.entries(end).every(([name, value]) => JSON.stringify(image[name]) === JSON.stringify(value));
}
