/** The parts of `arn:aws:service:region:account:resource`; `resource` keeps its own colons and slashes. */
export interface Arn {
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

export function parseArn(arn: string): Arn {
  const [prefix, , service, region, accountId, ...resource] = arn.split(":");
  if (prefix !== "arn" || service === undefined || accountId === undefined) {
    throw new Error(`"${arn}" is not an ARN (arn:aws:service:region:account:resource).`);
  }
  return { service, region: region ?? "", accountId, resource: resource.join(":") };
}
