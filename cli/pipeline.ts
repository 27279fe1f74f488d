import { join } from "node:path";
import { credentialsFor } from "../local/lambda/accessKey";
import { LocalRuntime, type RuntimeOptions } from "../local/runtime";
import { usageFolder } from "./iam/usageFolder";
import { seedInventory } from "./seedInventory";
import type { StackOutputs } from "./stackOutputs";

/** The order pipeline, running on this machine with a seeded inventory. */
export interface Pipeline {
  readonly runtime: LocalRuntime;
  readonly outputs: StackOutputs;
  stop(): Promise<void>;
}

const PROJECT_FOLDER = join(__dirname, "..");

/**
 * Settings that make sense on one machine alone, unless others are given: every mail lands in the inbox, so let there be
 * some; and nobody else reads the state machine's log, so let it tell what goes in and out of each state.
 */
const ON_ONE_MACHINE = [
  "notificationEmail=customers@shop.example",
  "alarmEmail=operators@shop.example",
  "sagaLogIncludesData=true",
];

/** Starts the program of this repository. Everything is stopped again when it cannot come up. */
export async function startPipeline(options: Omit<RuntimeOptions, "folder"> = {}): Promise<Pipeline> {
  const settings = [...ON_ONE_MACHINE, ...(options.settings ?? [])];
  const recorded = { folder: PROJECT_FOLDER, usageFolder: usageFolder(), ...options };
  const runtime = await LocalRuntime.start({ ...recorded, settings });
  const outputs = {
    ...runtime.outputs,
    ...tenantCredentials(runtime.outputs["tenantRoles"]),
    awsEndpoint: runtime.cloud.endpoint,
  } as unknown as StackOutputs;
  try {
    await seedInventory(outputs);
  } catch (error) {
    await runtime.stop();
    throw error;
  }
  return { runtime, outputs, stop: () => runtime.stop() };
}

/** What a client has when it has assumed its role, for tenants that sign their requests. */
function tenantCredentials(roles: unknown): Pick<StackOutputs, "tenantCredentials"> {
  if (roles === undefined) return {};
  const credentials = Object.entries(roles as Readonly<Record<string, string>>).map(
    ([tenant, roleArn]) => [tenant, credentialsFor(roleArn)] as const,
  );
  return { tenantCredentials: Object.fromEntries(credentials) };
}
