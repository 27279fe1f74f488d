import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { readConfiguration } from "../../local/engine/configuration";
import { deploy, type Deployment, type Known } from "./deployment";

export const root = join(__dirname, "../..");

/** The program as a stack of it: what it exports, and every resource it asked for. */
export type DeployedProgram = Deployment<Record<string, unknown>>;

/** What stack prod does not say by itself. */
const PROD_SETTINGS = ['tenants=["acme"]', "alarmEmail=none", "notificationEmail=none"];

/** What AWS makes up for the ledger's resources. */
const LEDGER: Known = {
  outputs: {
    "awsx:ec2:Vpc": { vpcId: "vpc-1", isolatedSubnetIds: ["subnet-1", "subnet-2"] },
    "aws:rds/cluster:Cluster": { clusterResourceId: "cluster-1", masterUserSecrets: [{ secretArn: "arn:secret" }] },
  },
  calls: { "aws:ec2/getPrefixList:getPrefixList": { id: "pl-dynamodb" } },
};

const deployed = new Map<string, Promise<DeployedProgram>>();

/** The program as stack dev, and as stack prod with what that stack must be told; each is run once for all tests. */
export function devProgram(): Promise<DeployedProgram> {
  return once("dev", []);
}

export async function prodProgram(): Promise<DeployedProgram> {
  // One at a time: the program reads its stack from where Pulumi keeps it.
  await devProgram();
  return once("prod", PROD_SETTINGS);
}

/** The program with a ledger: as stack dev with everything else that is optional, or as stack prod. */
export function programWithLedger(stack: "dev" | "prod"): Promise<DeployedProgram> {
  const settings = stack === "dev" ? ["alarmNoOrdersMinutes=60", "alarmEmail=operators@shop.example"] : PROD_SETTINGS;
  return deployProgram(stack, [...settings, "ledger=true"], LEDGER);
}

function once(stack: string, overrides: readonly string[]): Promise<DeployedProgram> {
  const program = deployed.get(stack) ?? deployProgram(stack, overrides);
  deployed.set(stack, program);
  return program;
}

/** Runs index.ts as a stack of this name would. */
export function deployProgram(
  stack: string,
  overrides: readonly string[] = [],
  known: Known = {},
): Promise<DeployedProgram> {
  pulumi.runtime.setAllConfig({ ...readConfiguration(root, stack, overrides).config });
  delete require.cache[require.resolve("../../index")];
  // Loading the module creates the resources, so it is loaded when the mocks are in place.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return deploy(() => require("../../index") as Record<string, unknown>, stack, known);
}
