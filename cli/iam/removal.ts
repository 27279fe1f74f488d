import type { Grant } from "../../local/iam/accessUsage";
import { arnPattern } from "../../local/iam/pattern";
import type { Scene } from "./scenes";
import type { Stage } from "./stage";

/** What came of one permission's removal. */
export interface Removed {
  readonly grant: Grant;
  readonly scene: string;
  /** Whether a call was denied for want of it. */
  readonly found: boolean;
  /** What of that was to be seen: an answer, a function's error, a trouble; or how the scene ended all the same. */
  readonly seen: string;
}

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** How long what a denial leads to may take to show. */
const SHOWS_WITHIN_MS = 1_500;

/**
 * Takes one permission away while everything runs, plays scenes that need it until one is denied a call, and gives it
 * back.
 */
export async function removal(stage: Stage, grant: Grant, scenes: readonly Scene[]): Promise<Removed> {
  let last: Removed | undefined;
  for (const scene of scenes) {
    last = await removed(stage, grant, scene);
    if (last.found) return last;
  }
  return last ?? { grant, scene: "none", found: false, seen: "no scene uses it" };
}

async function removed(stage: Stage, grant: Grant, scene: Scene): Promise<Removed> {
  const { runtime } = stage.pipeline;
  const role = runtime.iam.roles.find(({ arn }) => arn === grant.roleArn);
  const document = role?.policies.get(grant.policy);
  if (role === undefined || document === undefined) throw new Error(`${grant.roleArn} has no policy ${grant.policy}.`);
  const count = denials(stage, grant);
  const before = count();
  const denied = (): boolean => count() > before;
  const consequences = watch(stage, denied);
  runtime.iam.putRolePolicy(role.name, grant.policy, without(document, grant));
  const service = runtime.resources.find(
    ({ inputs, type }) => type.endsWith(":Function") && inputs["role"] === role.arn,
  );
  // A process asks for its log stream once, when it starts.
  if (grant.action === "logs:CreateLogStream" && service) runtime.retire(String(service.outputs["name"]));
  const playing = outcomeOf(scene, stage);
  let over = false;
  try {
    // What follows from a scene may come after its end.
    const late = playing.then(async (outcome) => (await until(() => over || denied(), LATE_MS), outcome));
    const ended = await Promise.race([late, until(() => over || denied())]);
    if (!denied()) return { grant, scene: scene.name, found: false, seen: ended ?? "nothing" };
    const failed = playing.then((outcome) => (outcome === WELL ? pause(SHOWS_WITHIN_MS) : undefined));
    await Promise.race([until(() => over || consequences.seen() !== undefined), failed, pause(SHOWS_WITHIN_MS)]);
    const outcome = await Promise.race([playing, pause(0)]);
    const seen = consequences.seen() ?? (outcome === undefined || outcome === WELL ? silent(grant) : outcome);
    return { grant, scene: scene.name, found: true, seen };
  } finally {
    over = true;
    consequences.release();
    runtime.iam.putRolePolicy(role.name, grant.policy, document);
    await playing;
  }
}

const WELL = "the scene ended as it should";

/** How long after a scene's end a call may still come that belongs to it. */
const LATE_MS = 2_000;

/** A policy document less one action on one resource. */
export function without(document: string, { statement, action, resource }: Omit<Grant, "roleArn" | "uses">): string {
  const { Statement, ...rest } = JSON.parse(document) as { readonly Statement: readonly Statement[] };
  const left = Statement.flatMap((one, index) => {
    if (index !== statement) return [one];
    const [actions, resources] = [[one.Action].flat(), [one.Resource].flat()];
    return [
      { ...one, Action: actions.filter((each) => each !== action) },
      { ...one, Action: [action], Resource: resources.filter((each) => each !== resource) },
    ].filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0);
  });
  return JSON.stringify({ ...rest, Statement: left.length > 0 ? left : [NOTHING] });
}

/** A policy must have a statement. */
const NOTHING = { Effect: "Deny", Action: "none:None", Resource: "*" };

function denials(stage: Stage, { roleArn, action, resource }: Grant): () => number {
  const fits = arnPattern(resource);
  return () =>
    stage.pipeline.runtime.iam.usage.denials
      .filter((denial) => denial.principal === roleArn && denial.action === action && fits(denial.resource))
      .reduce((sum, { count }) => sum + count, 0);
}

/** Listens for what goes wrong once something was denied. */
function watch({ pipeline }: Stage, denied: () => boolean): { seen(): string | undefined; release(): void } {
  const { feed } = pipeline.runtime;
  let seen: string | undefined;
  const note = (what: string): void => {
    if (denied()) seen ??= what;
  };
  const releases = [
    feed.on("invocation", ({ functionName, error }) => {
      if (error !== undefined) note(`${functionName} fails: ${error.errorType}`);
    }),
    feed.on("trouble", ({ where, message }) => note(`${where}: ${message}`)),
    feed.on("request", ({ method, path, status }) => {
      if (status >= 500) note(`${method} ${path.replace(/[0-9a-f-]{36}/, "…")} answers ${status}`);
    }),
    feed.on("execution", ({ what, state, detail }) => {
      const { error = "" } = (detail ?? {}) as { readonly error?: string };
      if (what === "failed" || what === "retried" || what === "caught") note(`${state ?? "the execution"}: ${error}`);
    }),
  ];
  return { seen: () => seen, release: () => releases.forEach((release) => release()) };
}

function outcomeOf(scene: Scene, stage: Stage): Promise<string> {
  return scene.play(stage).then(
    () => WELL,
    (error: unknown) => `the scene fails: ${(error as Error).message}`,
  );
}

function silent({ action }: Grant): string {
  return action.startsWith("logs:") ? "its log lines are lost" : "the call is denied";
}

async function until(holds: () => boolean, withinMs = Infinity): Promise<undefined> {
  const deadline = performance.now() + withinMs;
  while (!holds() && performance.now() < deadline) await pause(5);
  return undefined;
}

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined));
}
