import { isFields } from "../operationInput";
import type { Resource } from "../resource";
import type { Definition } from "./definition";
import type { Logging } from "./history";
import { readDefinition } from "./lint";

/** A realised state machine. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** As the program gave it. */
  readonly definitionText: string;
  readonly definition: Definition;
  readonly logging: Logging;
  /** Whether each execution is traced. */
  readonly traced: boolean;
  readonly creationMs: number;
}

/** Reads a resource; throws when Step Functions would refuse it, or the runtime could not run it. */
export function readStateMachine({ name: logicalName, inputs, outputs }: Resource): StateMachine {
  const { definition, roleArn } = inputs;
  if (typeof definition !== "string") throw new Error(`${logicalName}: definition must be a JSON text.`);
  if (typeof roleArn !== "string") throw new Error(`${logicalName}: roleArn must be the ARN of a role.`);
  const name = String(outputs["name"]);
  return {
    arn: String(outputs["arn"]),
    name,
    roleArn,
    definitionText: definition,
    definition: readDefinition(definition, name),
    logging: readLogging(logicalName, inputs["loggingConfiguration"]),
    traced: isFields(inputs["tracingConfiguration"]) && inputs["tracingConfiguration"]["enabled"] === true,
    creationMs: Date.parse(String(outputs["creationDate"])),
  };
}

/** The context object (`$$`) without its State. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export function contextObject(
  { arn, name, roleArn }: StateMachine,
  execution: { executionArn: string; name: string; input: unknown; startedMs: number },
) {
  return {
    Execution: {
      Id: execution.executionArn,
      Input: execution.input,
      Name: execution.name,
      RoleArn: roleArn,
      StartTime: new Date(execution.startedMs).toISOString(),
      RedriveCount: 0,
    },
    StateMachine: { Id: arn, Name: name },
  };
}

/** Off unless asked for, as for every state machine that is not made in the console. */
function readLogging(logicalName: string, configuration: unknown): Logging {
  const given = isFields(configuration) ? configuration : {};
  const { level = "OFF", includeExecutionData = false, logDestination, ...rest } = given;
  const unknown = Object.keys(rest);
  if (unknown.length > 0) {
    throw new Error(`${logicalName}: the local runtime does not know ${unknown.join(", ")} of loggingConfiguration.`);
  }
  if (level !== "ALL" && level !== "ERROR" && level !== "FATAL" && level !== "OFF") {
    throw new Error(
      `${logicalName}: loggingConfiguration.level must be ALL, ERROR, FATAL or OFF, not ${JSON.stringify(level)}.`,
    );
  }
  if (level === "OFF") return { level, includeExecutionData: false };
  const group = /^arn:aws[\w-]*:logs:[^:]*:\d{12}:log-group:(.+):\*$/.exec(String(logDestination))?.[1];
  if (group === undefined) {
    throw new Error(
      `${logicalName}: loggingConfiguration.logDestination must be a log group's ARN followed by ":*", not ${String(logDestination)}.`,
    );
  }
  return { level, includeExecutionData: includeExecutionData === true, group };
}
