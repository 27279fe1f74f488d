import { isFields } from "../operationInput";

type Step = string | number;

/**
 * Reads a path in dot notation, such as `$.detail.items[0].name`, or `$` for the whole event.
 * Answers a function that finds its value, or undefined.
 *
 * @throws Error for any other form of JSONPath
 */
export function parseJsonPath(path: string): (event: unknown) => unknown {
  if (!/^\$(\.[\w-]+|\[\d+\])*$/.test(path)) {
    throw new Error(`"${path}" is not a JSON path in dot notation, such as $.detail.items[0].`);
  }
  const steps = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, name, index]): Step => name ?? Number(index));
  return (event) => steps.reduce(stepInto, event);
}

function stepInto(value: unknown, step: Step): unknown {
  if (typeof step === "number") return Array.isArray(value) ? (value as unknown[])[step] : undefined;
  return isFields(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}
