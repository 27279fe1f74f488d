import type { Grant } from "../../local/iam/accessUsage";
import { shortArn } from "./permissions";
import { removal, type Removed } from "./removal";
import { SCENES, type Scene } from "./scenes";
import type { Stage } from "./stage";

/** The scenes that use each permission, the shortest first. */
export type Casting = ReadonlyMap<Grant, readonly Scene[]>;

/** Plays every scene once, undisturbed, and notes which permissions each one uses. Rejects when one does not end well. */
export async function cast(stage: Stage): Promise<Casting> {
  const { usage } = stage.pipeline.runtime.iam;
  const found = new Map<Grant, { readonly scene: Scene; readonly ms: number }[]>();
  for (const scene of SCENES) {
    const before = new Map(usage.allGrants.map((grant) => [grant, grant.uses]));
    const startedMs = performance.now();
    await scene.play(stage);
    const ms = performance.now() - startedMs;
    await stage.quiet();
    for (const grant of usage.allGrants) {
      if (grant.uses > (before.get(grant) ?? 0)) found.set(grant, [...(found.get(grant) ?? []), { scene, ms }]);
    }
  }
  const shortestFirst = (scenes: readonly { readonly scene: Scene; readonly ms: number }[]): readonly Scene[] =>
    [...scenes].sort((a, b) => a.ms - b.ms).map(({ scene }) => scene);
  return new Map([...found].map(([grant, scenes]) => [grant, shortestFirst(scenes)]));
}

/** Removes each permission of each role, one at a time; `tell` hears of each as it is done. */
export async function removals(stage: Stage, tell: (removed: Removed) => void): Promise<readonly Removed[]> {
  const casting = await cast(stage);
  const all: Removed[] = [];
  for (const grant of [...stage.pipeline.runtime.iam.usage.allGrants]) {
    const scenes = casting.get(grant) ?? [];
    // Only a new process asks for a stream, and which scene saw the first one says nothing of the next.
    const starting = grant.action === "logs:CreateLogStream" ? scenesOfRole(casting, grant.roleArn) : scenes;
    const removed = await removal(stage, grant, starting);
    tell(removed);
    all.push(removed);
  }
  return all;
}

/** The scenes in which a role writes its log. */
function scenesOfRole(casting: Casting, roleArn: string): readonly Scene[] {
  const writing = [...casting].find(([grant]) => grant.roleArn === roleArn && grant.action === "logs:PutLogEvents");
  return writing?.[1] ?? [];
}

/** One line of the table. */
export function removedLine({ grant, scene, found, seen }: Removed): string {
  const { roleArn, action, resource } = grant;
  const cells = [
    roleArn.split(":role/")[1] ?? roleArn,
    action,
    shortArn(resource),
    scene,
    found ? "denied" : "NOT FOUND",
  ];
  return `| ${[...cells, said(seen)].map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** What was seen, without the ids and dates that differ at each run. */
function said(seen: string): string {
  const plain = seen
    .replace(/\s+/g, " ")
    .replace(/arn:aws:sts::\d+:/g, "")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "…");
  return plain.length > 150 ? `${plain.slice(0, 147)}…` : plain;
}

export const TABLE_HEAD = [
  "| role | action | resource | played | result | to be seen |",
  "| --- | --- | --- | --- | --- | --- |",
].join("\n");

/** For example `183 permissions, 183 found`. */
export function sumLine(all: readonly Removed[]): string {
  const actions = new Set(all.map(({ grant }) => `${grant.roleArn} ${grant.action}`)).size;
  const roles = new Set(all.map(({ grant }) => grant.roleArn)).size;
  return `${all.length} permissions (${actions} actions of ${roles} roles), ${all.filter(({ found }) => found).length} found.`;
}
