import { join } from "node:path";
import type { DeployedFunction } from "../../bench/archive";
import { readConfiguration } from "../../local/engine/configuration";
import { runProgram } from "../../local/engine/program";
import { environmentOf } from "../../local/lambda/environment";
import { functionSettings } from "../../local/lambda/functionKind";
import type { Resource } from "../../local/resource";
import { Services } from "../../local/services";

const FOLDER = join(__dirname, "..", "..");
const STACK = "dev";

/** Runs the program and answers its functions, those of the ledger included, as they would be deployed. Starts none. */
export async function deployedFunctions(): Promise<readonly DeployedFunction[]> {
  const { project, config, secretKeys } = readConfiguration(FOLDER, STACK, ["ledger=true"]);
  const services = new Services(project, STACK, config["aws:region"] ?? "us-east-1", 1);
  const order = { program: join(FOLDER, "index.ts"), project, stack: STACK, config, secretKeys };
  const { resources, outputs } = await runProgram(order, services.provider());
  services.clock.stop();
  const names = new Map(
    Object.entries(outputs["functionNames"] as Record<string, string>).map(([service, name]) => [name, service]),
  );
  return resources
    .filter(({ type }) => type === "aws:lambda/function:Function")
    .map((resource) => deployed(resource, services, names));
}

function deployed(resource: Resource, { cloud }: Services, names: ReadonlyMap<string, string>): DeployedFunction {
  const physicalName = String(resource.outputs["name"]);
  const settings = functionSettings({ ...resource, physicalName }, cloud);
  return {
    service: names.get(settings.name) ?? settings.name,
    files: settings.code.files,
    environment: environmentOf(settings, { taskRoot: "/var/task", logStream: "bench" }, cloud),
  };
}
