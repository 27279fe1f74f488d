import { AwsError } from "../../local/awsError";
import type { Cloud, Resource } from "../../local/resource";
import type { LocalService } from "../../local/service";

/** An account for tests of services. */
export const cloud: Cloud = {
  region: "eu-central-1",
  accountId: "123456789012",
  project: "shop",
  stack: "test",
  endpoint: "http://127.0.0.1:4566",
  apiUrl: "http://127.0.0.1:3000",
};

/** Calls an operation of a service as a caller from outside; fails as an SDK would for one that is absent. */
export async function call(
  service: LocalService,
  operation: string,
  input: Record<string, unknown>,
  signal = new AbortController().signal,
): Promise<any> {
  const run = service.operations[operation];
  if (run === undefined) throw new AwsError("UnknownOperationException", operation);
  return run(input, { action: `${service.name}:${operation}`, caller: { accessKeyId: "TESTER" }, signal });
}

/** A resource with the outputs that its kind computes; refuses inputs that the kind does not know. */
export function resource(service: LocalService, type: string, inputs: Record<string, unknown>): Resource {
  const kind = service.kinds.find((known) => known.type === type);
  if (kind === undefined) throw new Error(`${type} is not a kind of ${service.name}.`);
  const known = new Set([...kind.honours, ...kind.withoutLocalEffect]);
  for (const input of Object.keys(inputs)) if (!known.has(input)) throw new Error(`${type} does not know ${input}.`);
  const urn = `urn:pulumi:test::shop::${type}::thing`;
  const outputs = kind.outputs({ name: "thing", urn, inputs, physicalName: "thing-1234567" }, cloud);
  return {
    urn,
    type,
    name: "thing",
    custom: true,
    inputs,
    outputs: { ...inputs, ...outputs },
    dependencies: [],
    propertyDependencies: {},
    protect: false,
  };
}
