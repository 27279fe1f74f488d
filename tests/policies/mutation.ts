import type { Resource } from "../../local/resource";

type Fields = Readonly<Record<string, unknown>>;

/** Something that is wrong with the program, and the rule that must find it. */
export interface Mutation {
  /** What somebody did, for example "switch point-in-time recovery off". */
  readonly what: string;
  /** Name of the resource that was changed or removed. */
  readonly at: string;
  readonly rule: string;
  /**
   * Names of the resources that break the rule by it.
   *
   * @default the one that was changed
   */
  readonly breaks: readonly string[];
  readonly apply: (resources: readonly Resource[]) => readonly Resource[];
}

type Change = (resource: Resource) => Resource | undefined;

/** Mutates one resource of a program. Throws when there is none of that name, or nothing is changed by it. */
export function mutation(
  what: string,
  at: string,
  [rule, ...breaks]: readonly [string, ...string[]],
  change: Change,
): Mutation {
  return {
    ...{ what, at, rule, breaks: breaks.length > 0 ? breaks : [at] },
    apply: (resources) => {
      const before = resources.find(({ name, custom }) => custom && name === at);
      if (before === undefined) throw new Error(`The program has no resource ${at}.`);
      const after = change(before);
      if (JSON.stringify(after) === JSON.stringify(before)) throw new Error(`${what} changes nothing of ${at}.`);
      return resources.flatMap((resource) => (resource === before ? (after ?? []) : resource));
    },
  };
}

/** Other inputs; what was undefined is gone, and nothing is left of what the property was made from. */
export function set(fields: Fields): Change {
  return (resource) => {
    const names = new Set(Object.keys(fields));
    return {
      ...resource,
      inputs: defined({ ...resource.inputs, ...fields }),
      outputs: defined({ ...resource.outputs, ...fields }),
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.propertyDependencies).filter(([property]) => !names.has(property)),
      ),
    };
  };
}

/** Other content of an input that is JSON; what it was made from stays. */
export function edit(property: string, change: (document: any) => unknown): Change {
  return (resource) => {
    const document = JSON.parse(String(resource.inputs[property]));
    const text = JSON.stringify(change(document) ?? document);
    return {
      ...resource,
      inputs: { ...resource.inputs, [property]: text },
      outputs: { ...resource.outputs, [property]: text },
    };
  };
}

/** The same, of an input that is an object. */
export function merge(property: string, fields: Fields): Change {
  return (resource) => {
    const merged = defined({ ...(resource.inputs[property] as Fields), ...fields });
    const { propertyDependencies } = resource;
    return { ...set({ [property]: merged })(resource), propertyDependencies } as Resource;
  };
}

export const removed: Change = () => undefined;

export const unprotected: Change = (resource) => ({ ...resource, protect: false });

function defined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
