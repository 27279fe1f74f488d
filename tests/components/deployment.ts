import * as pulumi from "@pulumi/pulumi";

/** A resource as the program asked for it. */
export interface Requested {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, any>;
}

export interface Deployment<T> {
  readonly built: T;
  /** Resources of AWS, without the components that hold them. */
  readonly resources: readonly Requested[];
}

/** What a test knows of AWS beyond {@link computed}. */
export interface Known {
  /** Outputs by type of resource. */
  readonly outputs?: Readonly<Record<string, object>>;
  /** Answers to functions by token. */
  readonly calls?: Readonly<Record<string, object>>;
}

/** Builds a piece of infrastructure against mocks, and returns every resource it asked for, once all are settled. */
export async function deploy<T>(build: () => T, stack = "dev", known: Known = {}): Promise<Deployment<T>> {
  const resources: Requested[] = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ type, name, inputs }) => {
      if (type.startsWith("aws:")) resources.push({ type, name, inputs });
      return { id: `${name}-id`, state: { ...computed(name, inputs), ...known.outputs?.[type], ...inputs } };
    },
    call: ({ token }) => {
      const answer = known.calls?.[token];
      if (answer !== undefined) return answer;
      throw new Error(`No mock answers ${token}.`);
    },
  };
  await pulumi.runtime.setMocks(mocks, "orderflow", stack);
  const built = build();
  await pulumi.runtime.disconnect();
  return { built, resources };
}

/** What AWS would make up for a resource. */
function computed(name: string, inputs: Record<string, unknown>): Record<string, unknown> {
  const arn = arnOf(name);
  return {
    name: inputs["name"] ?? `${name}-1234567`,
    arn,
    url: `https://queue/${name}`,
    streamArn: `${arn}/stream/1`,
    invokeArn: `${arn}/invocations`,
    executionArn: arn,
    invokeUrl: `https://${name}/v1`,
    value: `value-of-${name}`,
  };
}

/** The ARN that the mocks give to a resource. */
export function arnOf(name: string): string {
  return `arn:aws:mock:eu-central-1:123456789012:${name}`;
}

export function only(resources: readonly Requested[], name: string): Requested {
  const found = resources.filter((resource) => resource.name === name);
  if (found.length !== 1) {
    const names = resources.map((resource) => resource.name).join(", ");
    throw new Error(`Expected one resource named ${name}; the deployment has ${names}.`);
  }
  return found[0]!;
}

export function ofType(resources: readonly Requested[], type: string): readonly Requested[] {
  return resources.filter((resource) => resource.type === type);
}

/** What a role's policy allows, as `action resource`, without the logs and traces of every function. */
export function allowed(resources: readonly Requested[], name: string): string[] {
  const { Statement } = JSON.parse(only(resources, `${name}-policy`).inputs["policy"]);
  const pairs = Statement.flatMap(({ Action, Resource }: { Action: string[]; Resource: string[] }) =>
    Action.flatMap((action) => Resource.map((resource) => `${action} ${resource.replace(arnOf(""), "")}`)),
  );
  return pairs.filter((pair: string) => !/^(logs|xray):/.test(pair));
}

/** The files of a function's archive. */
export async function filesOf({ inputs }: Requested): Promise<Record<string, string>> {
  const assets = Object.entries(await inputs["code"].assets);
  const read = assets.map(async ([path, asset]) => [path, await (asset as pulumi.asset.StringAsset).text] as const);
  return Object.fromEntries(await Promise.all(read));
}

/** What an output resolves to. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
