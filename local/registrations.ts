import { join } from "node:path";
import { readConfiguration } from "./engine/configuration";
import { runProgram, type ProgramResult } from "./engine/program";
import type { RuntimeOptions } from "./runtime";
import { Services } from "./services";

/** What a program asked of the cloud, and the configuration that it was given. */
export interface Registrations extends ProgramResult {
  /** Full keys (`aws:region`) to texts. */
  readonly config: Readonly<Record<string, string>>;
}

/** Runs a program for what it registers, in a process of its own. Nothing is realised, and no port is opened. */
export async function registrationsOf(
  options: Pick<RuntimeOptions, "folder" | "program" | "stack" | "settings">,
): Promise<Registrations> {
  const { folder, stack = "dev", settings = [] } = options;
  const { project, config, secretKeys } = readConfiguration(folder, stack, settings);
  const services = new Services(project, stack, config["aws:region"] ?? "us-east-1", 1);
  const order = { program: join(folder, options.program ?? "index.ts"), project, stack, config, secretKeys };
  try {
    return { ...(await runProgram(order, services.provider())), config };
  } finally {
    await services.stop();
  }
}
