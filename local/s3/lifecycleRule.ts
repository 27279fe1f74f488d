import { isFields } from "../operationInput";

/** What a rule of a lifecycle configuration asks for, of which only enabled ones are kept. */
export interface LifecycleRule {
  readonly id: string;
  readonly prefix: string;
  /** Every one of these must be on the object. */
  readonly tags: Readonly<Record<string, string>>;
  /** In bytes, not included. */
  readonly sizeOver: number | undefined;
  /** In bytes, not included. */
  readonly sizeUnder: number | undefined;
  /** Current versions expire so many days after they were written. */
  readonly expirationDays: number | undefined;
  /** Current versions expire from this time on, in milliseconds since 1970. */
  readonly expirationDateMs: number | undefined;
  /** Delete markers go when no other version is under them. */
  readonly expiresMarkers: boolean;
  /** Other versions go so many days after they were replaced. */
  readonly noncurrentDays: number | undefined;
  /** So many of them stay however old they are. */
  readonly newerNoncurrentVersions: number;
}

type Fields = Readonly<Record<string, unknown>>;

const RULE_FIELDS = [
  "id",
  "status",
  "prefix",
  "filter",
  "expiration",
  "noncurrentVersionExpiration",
  "transitions",
  "noncurrentVersionTransitions",
  "abortIncompleteMultipartUpload",
];
const FILTER_FIELDS = ["prefix", "tag", "and", "objectSizeGreaterThan", "objectSizeLessThan"];

/**
 * Reads the input `rules` of aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration. Transitions and the end
 * of multipart uploads are taken and have no local effect.
 *
 * @throws Error that names the rule and the field
 */
export function lifecycleRulesOf(rules: unknown): readonly LifecycleRule[] {
  if (!Array.isArray(rules) || rules.length === 0) throw new Error("rules must have at least one rule.");
  const ids = new Set<unknown>();
  return rules.flatMap((rule: unknown) => {
    const fields = fieldsOf(rule, "rules", RULE_FIELDS);
    const { id, status } = fields;
    if (typeof id !== "string" || ids.has(id)) throw new Error(`rules: ${JSON.stringify(id)} is no id of its own.`);
    ids.add(id);
    if (status !== "Enabled" && status !== "Disabled") {
      throw new Error(`rule ${id}: status must be Enabled or Disabled, not ${JSON.stringify(status)}.`);
    }
    try {
      const read = ruleOf(id, fields);
      return status === "Enabled" ? [read] : [];
    } catch (error) {
      throw new Error(`rule ${id}: ${(error as Error).message}`, { cause: error });
    }
  });
}

function ruleOf(id: string, fields: Fields): LifecycleRule {
  const expiration = fieldsOf(fields["expiration"] ?? {}, "expiration", ["days", "date", "expiredObjectDeleteMarker"]);
  const noncurrentFields = ["noncurrentDays", "newerNoncurrentVersions"];
  const noncurrent = fieldsOf(
    fields["noncurrentVersionExpiration"] ?? {},
    "noncurrentVersionExpiration",
    noncurrentFields,
  );
  const given = ["days", "date", "expiredObjectDeleteMarker"].filter((name) => isGiven(expiration[name]));
  if (given.length > 1) throw new Error(`expiration must have one of ${given.join(" and ")}, not both.`);
  const expirationDays = wholeNumber(expiration, "days");
  checkTransitions(fields["transitions"], expirationDays);
  return {
    id,
    ...filterOf(fields),
    expirationDays,
    expirationDateMs: dateOf(expiration["date"]),
    expiresMarkers: expiration["expiredObjectDeleteMarker"] === true,
    noncurrentDays: wholeNumber(noncurrent, "noncurrentDays"),
    newerNoncurrentVersions: wholeNumber(noncurrent, "newerNoncurrentVersions") ?? 0,
  };
}

function filterOf(fields: Fields): Pick<LifecycleRule, "prefix" | "tags" | "sizeOver" | "sizeUnder"> {
  const filter = fieldsOf(fields["filter"] ?? {}, "filter", FILTER_FIELDS);
  const and = fieldsOf(filter["and"] ?? {}, "filter.and", ["prefix", "tags", ...FILTER_FIELDS.slice(3)]);
  const tag = fieldsOf(filter["tag"] ?? {}, "filter.tag", ["key", "value"]);
  const tags = { ...(and["tags"] as Record<string, string> | undefined) };
  const key = text(tag, "key");
  if (key !== undefined) tags[key] = text(tag, "value") ?? "";
  const either = { ...filter, ...and };
  return {
    prefix: text(filter, "prefix") ?? text(and, "prefix") ?? text(fields, "prefix") ?? "",
    tags,
    sizeOver: sizeOf(either, "objectSizeGreaterThan"),
    sizeUnder: sizeOf(either, "objectSizeLessThan"),
  };
}

/** S3 refuses a rule under which objects would expire before they move. */
function checkTransitions(transitions: unknown, expirationDays: number | undefined): void {
  for (const transition of Array.isArray(transitions) ? transitions : []) {
    const { days } = fieldsOf(transition, "transitions", ["days", "date", "storageClass"]);
    if (typeof days === "number" && expirationDays !== undefined && days >= expirationDays) {
      throw new Error(`expiration.days must be greater than the ${days} days of a transition, not ${expirationDays}.`);
    }
  }
}

function fieldsOf(value: unknown, where: string, known: readonly string[]): Fields {
  if (!isFields(value)) throw new Error(`${where} must be an object.`);
  const unknown = Object.keys(value).filter((name) => !known.includes(name) && value[name] !== undefined);
  if (unknown.length > 0) throw new Error(`the local runtime does not know ${unknown.join(", ")} of ${where}.`);
  return value;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}

function wholeNumber(fields: Fields, name: string): number | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1) {
    throw new Error(`${name} must be a whole number from 1, not ${JSON.stringify(value)}.`);
  }
  return value;
}

function text(fields: Fields, name: string): string | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined || typeof value === "string") return value;
  throw new Error(`${name} must be a text, not ${JSON.stringify(value)}.`);
}

function sizeOf(fields: Fields, name: string): number | undefined {
  return fields[name] === 0 ? 0 : wholeNumber(fields, name);
}

function dateOf(value: unknown): number | undefined {
  if (!isGiven(value)) return undefined;
  const timeMs = typeof value === "string" ? Date.parse(value) : Number.NaN;
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html: the time is always midnight UTC.
  if (Number.isNaN(timeMs) || timeMs % 86_400_000 !== 0) {
    throw new Error(`expiration.date must be a midnight in UTC, such as 2030-01-01T00:00:00Z, not ${String(value)}.`);
  }
  return timeMs;
}
