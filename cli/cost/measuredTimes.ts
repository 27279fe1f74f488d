import { unitsOf, type OrderLine } from "./bill";
import type { MeasuredTimes } from "./replacedSystem";

/** How long the functions and the saga took for an order, read back from what they were billed. */
export function measuredTimes(lines: readonly OrderLine[], memoryMb: Readonly<Record<string, number>>): MeasuredTimes {
  const calls = new Map(of("lambdaRequest", lines));
  const functionMs = of("lambdaMbMs", lines).map(([name, mbMs]): [string, number] => {
    const service = name.slice(name.lastIndexOf("-") + 1);
    return [service, mbMs / (memoryMb[name] ?? NaN) / (calls.get(name) ?? NaN)];
  });
  return { functionMs: Object.fromEntries(functionMs), executionMbMs: unitsOf(lines, "expressMbMs") };
}

function of(unit: OrderLine["unit"], lines: readonly OrderLine[]): [string, number][] {
  return lines.filter((line) => line.unit === unit).map(({ resource, quantity }) => [resource, quantity]);
}
