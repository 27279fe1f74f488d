import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { readConfiguration } from "../../local/engine/configuration";
import { deploy, type Deployment } from "./deployment";

export const root = join(__dirname, "../..");

/** The program as a stack of it: what it exports, and every resource it asked for. */
export type DeployedProgram = Deployment<Record<string, unknown>>;

const deployed = new Map<string, Promise<DeployedProgram>>();

/** The program as stack dev, and as stack prod with what that stack must be told; each is run once for all tests. */
export function devProgram(): Promise<DeployedProgram> {
  return once("dev", []);
}

export async function prodProgram(): Promise<DeployedProgram> {
  // One at a time: the program reads its stack from where Pulumi keeps it.
  await devProgram();
  return once("prod", ['tenants=["acme"]', "alarmEmail=none", "notificationEmail=none"]);
}

function once(stack: string, overrides: readonly string[]): Promise<DeployedProgram> {
  const program = deployed.get(stack) ?? deployProgram(stack, overrides);
  deployed.set(stack, program);
  return program;
}

/** Runs index.ts as a stack of this name would. */
export function deployProgram(stack: string, overrides: readonly string[] = []): Promise<DeployedProgram> {
  pulumi.runtime.setAllConfig({ ...readConfiguration(root, stack, overrides).config });
  delete require.cache[require.resolve("../../index")];
  // Loading the module creates the resources, so it is loaded when the mocks are in place.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return deploy(() => require("../../index") as Record<string, unknown>, stack);
}
