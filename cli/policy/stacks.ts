import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { UsageError } from "../terminal";

/** A stack to be judged, and what its own file leaves to be set. */
export interface JudgedStack {
  readonly name: string;
  /** Settings that stand in for those, as `KEY=VALUE`. */
  readonly standIns: readonly string[];
}

/**
 * What a stack is told before its first deployment, if its file does not say it yet: values that change nothing of what
 * is judged, so that a stack can be judged before anybody has decided on them.
 */
const STAND_INS: Readonly<Record<string, string>> = {
  "orderflow:tenants": '["tenant"]',
  "orderflow:alarmEmail": "alarms@example.com",
  "orderflow:notificationEmail": "none",
  "aws:allowedAccountIds": '["000000000000"]',
};

/** Only some stacks need these, and their files say so in a comment. */
const ASKED_FOR = /pulumi config set (?:--path )?'?((?:orderflow|aws):\w+)/g;

/** The stacks of a project that have a file, or those of these names. */
export function judgedStacks(folder: string, names: readonly string[]): readonly JudgedStack[] {
  const known = readdirSync(folder).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`There is no stack ${unknown.join(", ")}: the folder has files of ${known.join(", ")}.`);
  }
  return (names.length > 0 ? names : known).map((name) => ({ name, standIns: standInsOf(folder, name) }));
}

function standInsOf(folder: string, stack: string): readonly string[] {
  const text = readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8");
  const { config = {} } = (parse(text) ?? {}) as { config?: Readonly<Record<string, unknown>> };
  const asked = [...text.matchAll(ASKED_FOR)].map(([, key = ""]) => key);
  return asked.flatMap((key) => (key in config || STAND_INS[key] === undefined ? [] : [`${key}=${STAND_INS[key]}`]));
}
