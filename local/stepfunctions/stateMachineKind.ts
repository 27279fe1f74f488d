import type { ResourceKind } from "../resource";

/** Epoch that every state machine claims to be created at, so that starts of the runtime agree. */
const CREATED = "2026-01-01T00:00:00Z";

/** `aws.sfn.StateMachine`, Express only. */
export const stateMachineKind: ResourceKind = {
  type: "aws:sfn/stateMachine:StateMachine",
  honours: ["name", "namePrefix", "definition", "roleArn", "type", "loggingConfiguration", "tracingConfiguration"],
  withoutLocalEffect: ["tags", "encryptionConfiguration", "publish", "versionDescription", "region"],
  outputs({ inputs, physicalName, name: logicalName }, { region, accountId }) {
    const type = inputs["type"] ?? "STANDARD";
    if (type !== "EXPRESS") {
      throw new Error(
        `${logicalName}: the local runtime runs state machines of the type EXPRESS, not ${JSON.stringify(type)}.`,
      );
    }
    const prefix = inputs["namePrefix"];
    const named = typeof prefix === "string" ? prefix + physicalName.slice(-7) : physicalName;
    const name = typeof inputs["name"] === "string" ? inputs["name"] : named;
    if (!/^[\w-]{1,80}$/.test(name)) {
      throw new Error(`${logicalName}: name must be 1 to 80 letters, digits, - and _, not "${name}".`);
    }
    const arn = `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
    return {
      id: arn,
      arn,
      name,
      type,
      namePrefix: typeof prefix === "string" ? prefix : "",
      status: "ACTIVE",
      creationDate: CREATED,
      description: "",
      revisionId: "",
      stateMachineVersionArn: arn,
      versionDescription: "",
    };
  },
};
