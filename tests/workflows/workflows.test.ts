import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { complaintsAbout } from "./githubRules";

const ROOT = join(__dirname, "../..");
const WORKFLOWS = readdirSync(join(ROOT, ".github/workflows")).map((name) => `.github/workflows/${name}`);
const ACTIONS = readdirSync(join(ROOT, ".github/actions")).map((name) => `.github/actions/${name}/action.yml`);

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly steps?: readonly Step[];
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly environment?: unknown;
  readonly needs?: string | readonly string[];
  readonly concurrency?: { readonly "cancel-in-progress": unknown };
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

function text(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

const workflow = (path: string): Workflow => parse(text(path));

/** Every step and every job that calls a workflow, with the file that it stands in. */
function allSteps(): (Step & { readonly path: string })[] {
  const ofWorkflows = WORKFLOWS.flatMap((path) =>
    Object.values(workflow(path).jobs).flatMap(({ steps = [], uses }) =>
      [...steps, ...(uses === undefined ? [] : [{ uses }])].map((step) => ({ ...step, path })),
    ),
  );
  const ofActions = ACTIONS.flatMap((path) =>
    (parse(text(path)).runs.steps as Step[]).map((step) => ({ ...step, path })),
  );
  return [...ofWorkflows, ...ofActions];
}

describe("The workflows of GitHub", function () {
  this.timeout(30_000);

  it("are what GitHub's own rules allow", async () => {
    for (const path of [...WORKFLOWS, ...ACTIONS]) assert.deepEqual(await complaintsAbout(path, text(path)), []);
  });

  it("would not be, with a word that GitHub does not know or a job that is not there", async () => {
    const path = ".github/workflows/deploy.yml";
    const wrong = text(path).replace("needs: dev", "needs: staging").replace("id-token: write", "id-tokens: write");
    const complaints = (await complaintsAbout(path, wrong)).join("\n");
    assert.match(complaints, /id-tokens/);
    assert.match(complaints, /staging/);
  });

  it("call npm scripts that exist", () => {
    const { scripts } = JSON.parse(text("package.json"));
    const called = allSteps().flatMap(({ run = "", path }) =>
      [...run.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start))/g)].map((match) => ({ path, name: match[1] ?? match[2] })),
    );
    assert.deepEqual([...new Set(called.map(({ name }) => name))].sort(), ["check", "test"]);
    for (const { path, name } of called) assert.ok(name !== undefined && name in scripts, `${path}: npm run ${name}`);
  });

  it("use actions of others at one commit, whose version stands beside it, and own ones that exist", () => {
    for (const { uses, path } of allSteps()) {
      if (uses === undefined) continue;
      if (uses.startsWith("./")) {
        assert.ok(
          [uses, `${uses}/action.yml`].some((file) => /\.yml$/.test(file) && existsSync(join(ROOT, file))),
          uses,
        );
        continue;
      }
      const [line] = text(path)
        .split("\n")
        .filter((found) => found.includes(`uses: ${uses}`));
      assert.match(line ?? "", /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, path);
    }
  });

  it("pin each action to one commit everywhere", () => {
    const used = new Map<string, Set<string>>();
    for (const { uses = "" } of allSteps().filter((step) => step.uses?.includes("@"))) {
      const [action = "", commit = ""] = uses.split("@");
      used.set(action, (used.get(action) ?? new Set()).add(commit));
    }
    for (const [action, commits] of used) assert.equal(commits.size, 1, action);
  });

  it("may read alone, but for an AWS role and a comment where a job needs them", () => {
    const granted = WORKFLOWS.flatMap((path) => {
      assert.deepEqual(workflow(path).permissions, { contents: "read" }, path);
      return Object.entries(workflow(path).jobs).flatMap(([job, { permissions = {} }]) =>
        Object.entries(permissions)
          .filter(([, level]) => level !== "read")
          .map(([scope, level]) => `${path.split("/").at(-1)} ${job} ${scope}: ${level}`),
      );
    });
    assert.deepEqual(granted.sort(), [
      "deploy-stack.yml up id-token: write",
      "deploy.yml dev id-token: write",
      "deploy.yml prod id-token: write",
      "preview.yml preview id-token: write",
      "preview.yml preview pull-requests: write",
    ]);
  });

  it("run no text of a pull request as a script, and give forks nothing", () => {
    for (const { run = "", path } of allSteps()) assert.ok(!run.includes("${{"), `${path}: ${run}`);
    for (const path of WORKFLOWS) assert.ok(!("pull_request_target" in workflow(path).on), path);
    const { preview } = workflow(".github/workflows/preview.yml").jobs;
    assert.match(String(Reflect.get(preview!, "if")), /head\.repo\.full_name == github\.repository/);
  });

  it("end some time, and never cancel a deployment", () => {
    for (const path of WORKFLOWS) {
      for (const [name, job] of Object.entries(workflow(path).jobs)) {
        assert.ok(job.uses !== undefined || (job["timeout-minutes"] ?? 0) > 0, `${path} ${name}`);
      }
    }
    const { up } = workflow(".github/workflows/deploy-stack.yml").jobs;
    assert.equal(up?.concurrency?.["cancel-in-progress"], false);
  });

  it("deploy to prod after dev, and to dev after all checks, in environments of these names", () => {
    const { ci, dev, prod } = workflow(".github/workflows/deploy.yml").jobs;
    assert.deepEqual([ci?.uses, dev?.needs, prod?.needs], ["./.github/workflows/ci.yml", "ci", "dev"]);
    const { up } = workflow(".github/workflows/deploy-stack.yml").jobs;
    assert.equal(Reflect.get(up?.environment as object, "name"), "${{ inputs.stack }}");
  });

  it("test on each Node that the package promises, from the oldest on", () => {
    const nodes = workflow(".github/workflows/ci.yml").jobs["test"]?.strategy?.matrix["node"];
    const { engines } = JSON.parse(text("package.json"));
    assert.deepEqual(nodes, [20, 22, 24]);
    assert.match(engines.node, /^>=20\./);
  });

  it("have their actions and packages kept up to date", () => {
    const { version, updates } = parse(text(".github/dependabot.yml"));
    assert.equal(version, 2);
    const watched = updates.map((update: any) => [update["package-ecosystem"], update.directory ?? update.directories]);
    assert.deepEqual(watched, [
      ["npm", "/"],
      ["github-actions", ["/", "/.github/actions/pulumi"]],
    ]);
    for (const { schedule } of updates) assert.equal(schedule.interval, "weekly");
  });
});
