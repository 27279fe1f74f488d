import type { OperationInput } from "../operationInput";
import { cloudWatchRefusals, invalidValue, missingParameter } from "./cloudWatchError";
import { MOST_DIMENSIONS, type Dimensions, type MetricId } from "./metric";

const ANY_NUMBER = { min: 1, max: Number.MAX_SAFE_INTEGER };

/** `Dimensions: [{ Name, Value }]`; a value may be left out in filters, and is undefined then. */
export function dimensionFilters(
  input: OperationInput,
): readonly (readonly [name: string, value: string | undefined])[] {
  const list = input.structures("Dimensions");
  if (list.length > MOST_DIMENSIONS) throw invalidValue(`A metric has at most ${MOST_DIMENSIONS} dimensions.`);
  return list.map((entry) => {
    entry.only("Name", "Value");
    return [entry.text("Name"), entry.optionalText("Value")] as const;
  });
}

/** `Namespace`, `MetricName` and `Dimensions`; the namespace may come from elsewhere. */
export function metricOf(input: OperationInput, namespace = input.text("Namespace")): MetricId {
  const dimensions: Record<string, string> = {};
  for (const [name, value] of dimensionFilters(input)) {
    if (value === undefined || value === "") throw missingParameter(`Dimensions.${name}.Value`);
    dimensions[name] = value;
  }
  return { namespace, name: input.text("MetricName"), dimensions: dimensions satisfies Dimensions };
}

/** A time, which the JSON protocol sends in seconds since 1970 with a fraction, in ms. */
export function optionalTimeMs(input: OperationInput, field: string): number | undefined {
  const seconds = input.optionalNumber(field);
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}

/** As {@link optionalTimeMs}; throws when it is absent. */
export function timeMs(input: OperationInput, field: string): number {
  const ms = optionalTimeMs(input, field);
  if (ms === undefined) throw missingParameter(field);
  return ms;
}

/** Seconds of a period. */
export function periodSeconds(input: OperationInput): number {
  return input.integer("Period", ANY_NUMBER);
}

/** A field that is one of a few texts, or absent. */
export function optionalChoice<Choice extends string>(
  input: OperationInput,
  field: string,
  choices: readonly Choice[],
): Choice | undefined {
  const given = input.optionalText(field);
  if (given === undefined) return undefined;
  const found = choices.find((choice) => choice === given);
  if (found === undefined) throw cloudWatchRefusals.invalid(field, given, `must be one of ${choices.join(", ")}`);
  return found;
}
