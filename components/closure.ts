import * as pulumi from "@pulumi/pulumi";
import { refusedCaptures } from "./captures";

/** Makes a Lambda handler; runs once per cold start. Everything it imports, it imports inside itself. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each handler has its own event
export type HandlerFactory = () => Promise<(event: any, context: any) => unknown>;

/**
 * The source of a CommonJS module whose `handler` is what `factory` makes. The factory starts when the
 * module is loaded, within Lambda's init phase, and its handler is kept for every invocation: as a plain
 * serialised closure it would be rebuilt at each one, SDK clients included. When the factory fails, its
 * rejection ends the process, so that Lambda tries again with a fresh one.
 *
 * Throws when the factory captures anything but Outputs and plain JSON values. Anything else would be
 * copied by value, and the copy is not the original: a captured subclass of Error loses its message.
 */
export async function sourceOf(name: string, factory: HandlerFactory): Promise<string> {
  const { text } = await serialize(name, factory);
  const refused = refusedCaptures(text);
  if (refused.length > 0) {
    throw new Error(
      `HandlerFunction "${name}": factory must capture only Outputs and plain values, not ${refused.join(", ")}: ` +
        `a copy would be deployed in its place. Import it inside the factory, with await import("…").`,
    );
  }
  return `${text}\nconst started = exports.handler;\nexports.handler = async (event, context) => (await started)(event, context);\n`;
}

/** Whether a source lacks the value of an Output that it captured, because in this preview nobody knows it yet. */
export function waitsForUpdate(source: string): boolean {
  return pulumi.runtime.isDryRun() && /^__\w+\.value = undefined;$/m.test(source);
}

async function serialize(name: string, factory: HandlerFactory) {
  try {
    return await pulumi.runtime.serializeFunction(factory, { isFactoryFunction: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`HandlerFunction "${name}": factory cannot be deployed: ${reason}`, { cause: error });
  }
}
