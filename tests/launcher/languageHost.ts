import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { StackConfiguration } from "./stackConfiguration";

/** What the engine asks the language host to run. */
export interface RunRequest {
  /** The folder of Pulumi.yaml. */
  readonly folder: string;
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly configuration: StackConfiguration;
  readonly preview: boolean;
  /** Where the engine and its resource monitor listen. */
  readonly address: string;
}

export interface RunResponse {
  readonly exitCode: number | null;
  /** What the program printed, to either stream: the CLI shows it to the user as diagnostics. */
  readonly printed: string;
}

/**
 * Runs a program as Pulumi's language host for Node.js does: the launcher that is found from the program's folder, in the
 * words of `constructArguments` and `execRuntime`.
 * https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/cmd/pulumi-language-nodejs/main.go
 */
export async function runProgram(request: RunRequest): Promise<RunResponse> {
  const { folder, configuration } = request;
  const launcher = createRequire(join(folder, "index.ts")).resolve("@pulumi/pulumi/cmd/run");
  // The pipes of synchronous invokes would be in there. There are none, so that such an invoke fails at once.
  const pipes = mkdtempSync(join(tmpdir(), "orderflow-pipes-"));
  try {
    const { nodeargs = "" } = configuration.runtimeOptions as { readonly nodeargs?: string };
    const node = nodeargs.split(" ").filter((word) => word !== "");
    const child = spawn(process.execPath, [...node, launcher, ...argumentsOf(request, pipes)], {
      cwd: folder,
      env: { ...inherited(["PATH", "HOME", "TMPDIR"]), ...environmentOf(configuration) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const exit = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
    const [exitCode, ...printed] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
    return { exitCode, printed: printed.join("") };
  } finally {
    rmSync(pipes, { recursive: true });
  }
}

function argumentsOf({ folder, project, stack, organization, preview, address }: RunRequest, pipes: string): string[] {
  return [
    ...["--monitor", address, "--engine", address, "--sync", pipes],
    ...["--organization", organization, "--project", project, "--root-directory", folder],
    ...["--stack", stack, "--pwd", folder],
    ...(preview ? ["--dry-run"] : []),
    ...["--parallel", "16"],
    // The entry point: Pulumi.yaml has no `main`, so the launcher is to look into package.json.
    ".",
  ];
}

function environmentOf({ config, secretKeys, runtimeOptions }: StackConfiguration): Record<string, string> {
  const { typescript = true, tsconfig, nodeargs: _, ...rest } = runtimeOptions;
  if (Object.keys(rest).length > 0)
    throw new Error(`Pulumi.yaml: no rule for runtime options ${Object.keys(rest).join(", ")}.`);
  // `orderflow:tenants` travels as `orderflow:config:tenants`, its form of long ago.
  const entries = Object.entries(config).map(([key, value]) => [key.replace(":", ":config:"), value]);
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(entries)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
    ...(typescript === true && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(typeof tsconfig === "string" && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
  };
}

function inherited(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
