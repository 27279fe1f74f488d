import { Type } from "@sinclair/typebox";
import type { InvocationResult } from "../invoker";
import type { Resource, ResourceKind } from "../resource";
import { readInputs, refusal } from "./readInputs";

const TYPE = "aws:lambda/invocation:Invocation";

const InvocationInputs = Type.Object({
  functionName: Type.String({ minLength: 1 }),
  input: Type.String(),
});

/**
 * An invocation that is part of a deployment. It takes place once all resources are there and before anything moves,
 * because a function may call whatever the program declares; so `result` is not known while the program runs.
 */
export const invocationKind: ResourceKind = {
  type: TYPE,
  honours: Object.keys(InvocationInputs.properties),
  // Every start is a first deployment.
  withoutLocalEffect: ["triggers", "lifecycleScope"],
  outputs: ({ name, inputs }) => ({
    id: `${name}-invocation`,
    ...readInputs(InvocationInputs, { name, inputs, type: TYPE }),
  }),
};

/** A call that a deployment makes. */
export interface DeploymentCall {
  readonly name: string;
  readonly functionName: string;
  readonly input: unknown;
}

/** Reads an invocation. Throws when its input is no JSON. */
export function deploymentCall({ name, inputs }: Resource): DeploymentCall {
  const { functionName, input } = readInputs(InvocationInputs, { name, inputs, type: TYPE });
  try {
    return { name, functionName, input: JSON.parse(input) as unknown };
  } catch {
    throw refusal({ type: TYPE, name }, `input: not JSON: ${input}`);
  }
}

/** Throws when the function failed, as the deployment would. */
export function expectSuccess({ name, functionName }: DeploymentCall, result: InvocationResult): void {
  if (result.ok) return;
  const { errorType, errorMessage } = result.error;
  throw new Error(`${name}: the function ${functionName} failed: ${errorType}: ${errorMessage}`);
}
