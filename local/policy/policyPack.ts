import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  type AnalyzerInfo,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Resource } from "../resource";
import { analyzeRequest, faceOf, levelNumber, stackResource, verdictOf } from "./analyzerMessages";
import type { PackFace, PolicyLevel, Verdict } from "./policyRule";

type Fields = Readonly<Record<string, unknown>>;

/** What is set of a policy for one judgement. */
export interface PolicyChoice {
  readonly level?: PolicyLevel;
  readonly properties?: Fields;
}

/**
 * A policy pack of Pulumi, in a process of its own, asked as the engine asks it: over gRPC, about each resource, and then
 * about the stack as a whole. The first line that a pack prints is its port.
 */
export class PolicyPack {
  /** What the pack was last told, for it keeps that. */
  private configured = "";

  private constructor(
    private readonly child: ChildProcess,
    private readonly client: AnalyzerClient,
    readonly face: PackFace,
  ) {}

  /** Starts the pack of a folder that has a package.json with a version. Rejects with what it said when it does not start. */
  static async start(folder: string): Promise<PolicyPack> {
    const register = join(__dirname, "..", "..", "register.cjs");
    const child = spawn(process.execPath, ["--require", register, "index.ts"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    try {
      const port = await portOf(child);
      const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
        "grpc.max_receive_message_length": MOST_BYTES,
        "grpc.max_send_message_length": MOST_BYTES,
      });
      const info = await answer<AnalyzerInfo>((reply) => client.getAnalyzerInfo(new Empty(), reply));
      return new PolicyPack(child, client, faceOf(info));
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
  }

  /** Judges what a program registered, with what its configuration tells its providers. Choices hold for this judgement. */
  async judge(
    resources: readonly Resource[],
    {
      config = {},
      choices = {},
    }: { readonly config?: Fields; readonly choices?: Readonly<Record<string, PolicyChoice>> },
  ): Promise<Verdict> {
    await this.configure(choices);
    const verdicts: Verdict[] = [];
    for (const resource of resources) {
      const request = analyzeRequest(resource, config);
      verdicts.push(verdictOf(await answer((reply) => this.client.analyze(request, reply)), resource.urn));
    }
    const request = new AnalyzeStackRequest();
    request.setResourcesList(resources.map((resource) => stackResource(resource, config)));
    verdicts.push(verdictOf(await answer((reply) => this.client.analyzeStack(request, reply))));
    return {
      violations: verdicts.flatMap(({ violations }) => violations),
      notApplicable: new Map(verdicts.flatMap(({ notApplicable }) => [...notApplicable])),
    };
  }

  async stop(): Promise<void> {
    this.client.close();
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, "exit");
    // It never ends by itself.
    this.child.kill("SIGKILL");
    await ended;
  }

  /** A pack takes no defaults from its own schemas: whoever asks it fills them in, as the engine does. */
  private async configure(choices: Readonly<Record<string, PolicyChoice>>): Promise<void> {
    const wanted = JSON.stringify(choices);
    if (wanted === this.configured) return;
    const request = new ConfigureAnalyzerRequest();
    const policies = request.getPolicyconfigMap();
    for (const { name, level, settings } of this.face.rules) {
      const chosen = choices[name] ?? {};
      const config = new PolicyConfig();
      config.setEnforcementlevel(levelNumber(chosen.level ?? level));
      const defaults = Object.entries(settings).map(([key, schema]) => [key, schema["default"]] as const);
      const properties = { ...Object.fromEntries(defaults), ...chosen.properties };
      config.setProperties(Struct.fromJavaScript(properties as Record<string, JavaScriptValue>));
      policies.set(name, config);
    }
    await answer((reply) => this.client.configure(request, reply));
    this.configured = wanted;
  }
}

/** As much as Pulumi's engine takes. */
const MOST_BYTES = 400 * 1024 * 1024;

async function portOf(child: ChildProcess): Promise<string> {
  let said = "";
  let complained = "";
  child.stderr?.on("data", (chunk: Buffer) => (complained = (complained + chunk.toString()).slice(-4_000)));
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const port = /^(\d+)\s/.exec(said)?.[1];
      if (port !== undefined) resolve(port);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The policy pack ended with code ${code}. ${complained.trim()}`)));
  });
}

function answer<Response>(call: (reply: (error: Error | null, response: Response) => void) => void): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error === null ? resolve(response) : reject(error)));
  });
}
