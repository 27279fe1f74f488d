import type { Resource } from "../../local/resource";

type Fields = Readonly<Record<string, unknown>>;

/** How a resource of a test differs from one that stands alone in a stack named dev. */
export interface Making {
  readonly name?: string;
  /** The resources that properties were made from. */
  readonly from?: Readonly<Record<string, readonly Resource[]>>;
  readonly protect?: boolean;
  readonly stack?: string;
}

/** A resource as the engine would show it to a pack: its outputs are its inputs, a name, an ARN and an id. */
export function made(type: string, inputs: Fields, making: Making = {}): Resource {
  const { name = "thing", from = {}, protect = false, stack = "dev" } = making;
  // What is undefined is not sent, as Pulumi does not.
  const sent = JSON.parse(JSON.stringify(inputs)) as Fields;
  const arn = `arn:aws:made:eu-central-1:111122223333:${name}`;
  return {
    ...{ urn: `urn:pulumi:${stack}::shop::${type}::${name}`, type, name, custom: true, inputs: sent, protect },
    outputs: { name, arn, id: name, url: `https://queues/${name}`, bucket: name, keyId: name, ...sent },
    dependencies: Object.values(from).flatMap((sources) => sources.map(({ urn }) => urn)),
    propertyDependencies: Object.fromEntries(
      Object.entries(from).map(([property, sources]) => [property, sources.map(({ urn }) => urn)]),
    ),
  };
}

/** A policy document of IAM with these statements. */
export function policy(...statements: readonly Fields[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Allows everybody something. */
export const OPEN = policy({ Effect: "Allow", Principal: "*", Action: "x:Do", Resource: "*" });

/** Allows everybody something, but only on behalf of one resource. */
export const NARROWED = policy({
  ...{ Effect: "Allow", Principal: "*", Action: "x:Do", Resource: "*" },
  Condition: { ArnLike: { "aws:SourceArn": "arn:aws:events:eu-central-1:111122223333:rule/one" } },
});

/** Denies what comes without TLS. */
export function tlsOnly(action: string): string {
  const Condition = { Bool: { "aws:SecureTransport": "false" } };
  return policy({ Effect: "Deny", Principal: "*", Action: action, Resource: "*", Condition });
}
