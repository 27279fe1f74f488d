/**
 * Throws one error for everything that is wrong with a component's arguments, if anything is. A problem
 * is a sentence without its full stop, *field must be …, not value: consequence*; `false` is none.
 */
export function refuse(component: string, name: string, problems: readonly (string | false)[]): void {
  const found = problems.filter((problem) => problem !== false);
  if (found.length > 0) throw new Error(`${component} "${name}": ${found.join("; ")}.`);
}

/** A problem unless `value` is a whole number within the bounds, both included. */
export function outside(
  field: string,
  value: number,
  [min, max]: readonly [number, number],
  consequence = "",
): string | false {
  if (Number.isInteger(value) && value >= min && value <= max) return false;
  return `${field} must be a whole number from ${min} to ${max}, not ${value}${consequence && `: ${consequence}`}`;
}
