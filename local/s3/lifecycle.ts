import type { Bucket, Deletion } from "./bucket";
import type { LifecycleRule } from "./lifecycleRule";
import type { ObjectVersion, Version } from "./objectVersion";

const DAY_MS = 86_400_000;

/**
 * Takes away what the rules of a bucket say has had its time: current versions (a versioned bucket puts a marker over
 * them), markers with nothing under them, and versions that were replaced. Answers what it took, or the marker it put.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export function sweep(bucket: Bucket, nowMs: number): readonly Version[] {
  if (bucket.lifecycleRules.length === 0) return [];
  return [...bucket.keys()].flatMap((key) => sweepKey(bucket, key, nowMs));
}

function sweepKey(bucket: Bucket, key: string, nowMs: number): readonly Version[] {
  const [latest, ...older] = bucket.versionsOf(key);
  if (latest === undefined) return [];
  const rules = bucket.lifecycleRules;
  const isDue = (dueMs: number | undefined): boolean => dueMs !== undefined && dueMs <= nowMs;
  const taken: Version[] = [];
  older.forEach((version, index) => {
    const replacedMs = (older[index - 1] ?? latest).modifiedMs;
    if (rules.some((rule) => covers(rule, version) && isDue(noncurrentDueMs(rule, index, replacedMs)))) {
      taken.push(...versionsIn(bucket.deleteVersion(key, version.versionId)));
    }
  });
  if (latest.isDeleteMarker) {
    if (older.length === 0 && rules.some((rule) => covers(rule, latest) && isDue(markerDueMs(rule, latest)))) {
      taken.push(...versionsIn(bucket.deleteVersion(key, latest.versionId)));
    }
  } else if (rules.some((rule) => covers(rule, latest) && isDue(currentDueMs(rule, latest)))) {
    taken.push(...versionsIn(bucket.delete(key, nowMs)));
  }
  return taken;
}

function versionsIn({ removed, marker }: Deletion): readonly Version[] {
  return [removed, marker].filter((version) => version !== undefined);
}

/** The header that tells when an object will expire, and by which rule; none when no rule covers it. */
export function expirationHeader(version: ObjectVersion, bucket: Bucket): Readonly<Record<string, string>> {
  if (bucket.latest(version.key) !== version) return {};
  let soonest: { readonly dueMs: number; readonly id: string } | undefined;
  for (const rule of bucket.lifecycleRules) {
    const dueMs = covers(rule, version) ? currentDueMs(rule, version) : undefined;
    if (dueMs !== undefined && (soonest === undefined || dueMs < soonest.dueMs)) soonest = { dueMs, id: rule.id };
  }
  if (soonest === undefined) return {};
  const date = new Date(soonest.dueMs).toUTCString();
  return { "x-amz-expiration": `expiry-date="${date}", rule-id="${encodeURIComponent(soonest.id)}"` };
}

/** The first midnight in UTC after a time. */
export function nextMidnight(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS) * DAY_MS + DAY_MS;
}

function covers(rule: LifecycleRule, version: Version): boolean {
  if (!version.key.startsWith(rule.prefix)) return false;
  const { tags, sizeOver, sizeUnder } = rule;
  const wanted = Object.entries(tags);
  // A marker has neither tags nor a size, so a rule that asks for them does not mean it.
  if (version.isDeleteMarker) return wanted.length === 0 && sizeOver === undefined && sizeUnder === undefined;
  const size = version.body.length;
  return (
    wanted.every(([key, value]) => version.tags[key] === value) &&
    (sizeOver === undefined || size > sizeOver) &&
    (sizeUnder === undefined || size < sizeUnder)
  );
}

function currentDueMs({ expirationDays, expirationDateMs }: LifecycleRule, version: ObjectVersion): number | undefined {
  return expirationDays === undefined ? expirationDateMs : midnightAfter(version.modifiedMs, expirationDays);
}

function markerDueMs({ expiresMarkers, expirationDays }: LifecycleRule, marker: Version): number | undefined {
  if (expiresMarkers) return 0;
  return expirationDays === undefined ? undefined : midnightAfter(marker.modifiedMs, expirationDays);
}

function noncurrentDueMs(rule: LifecycleRule, newer: number, replacedMs: number): number | undefined {
  const { noncurrentDays, newerNoncurrentVersions } = rule;
  return noncurrentDays === undefined || newer < newerNoncurrentVersions
    ? undefined
    : midnightAfter(replacedMs, noncurrentDays);
}

/** So many days later, rounded up to midnight in UTC, as S3 counts. */
function midnightAfter(timeMs: number, days: number): number {
  return Math.ceil(timeMs / DAY_MS + days) * DAY_MS;
}
