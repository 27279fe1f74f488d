import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessUsage, Denial, Grant } from "./accessUsage";

/** What one runtime saw of its roles. */
export interface UsageRecord {
  readonly grants: readonly Pick<Grant, "roleArn" | "action" | "resource" | "uses">[];
  readonly denials: readonly Denial[];
}

/** Writes a file of its own, so that many runtimes can write into one folder at the same time. */
export function writeUsage(folder: string, { allGrants, denials }: AccessUsage): void {
  const grants = allGrants.map(({ roleArn, action, resource, uses }) => ({ roleArn, action, resource, uses }));
  const record: UsageRecord = { grants, denials };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(record));
}

/** The records of a folder; none when there is no such folder. */
export function readUsage(folder: string): readonly UsageRecord[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return names.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as UsageRecord);
}
