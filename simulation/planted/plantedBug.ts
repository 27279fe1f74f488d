import type { PromiseName } from "../history";

/** A sabotage of the pipeline in one place, which the simulator must find. */
export interface PlantedBug {
  /** A sentence in kebab case: what the sabotaged pipeline does wrong. */
  readonly id: string;
  /** Path from the project's folder. */
  readonly file: string;
  /** Text that occurs exactly once in the file. */
  readonly find: string;
  /** What stands there instead. Types may be wrong: nothing checks them before the program runs. */
  readonly replace: string;
  /** The promise that breaks, at least; others may break with it. */
  readonly promise: PromiseName;
  /** Seeds that are tried first: their troubles are the ones that this bug needs. */
  readonly seeds?: readonly number[];
}

/** A sabotage that does not fit the file any more: the list has to follow the code. */
export class NotPlantable extends Error {}

/** The file's text with the bug in it. Throws {@link NotPlantable} unless the place is there exactly once. */
export function sabotaged(text: string, { id, file, find, replace }: PlantedBug): string {
  const pieces = text.split(find);
  if (pieces.length !== 2) {
    throw new NotPlantable(`${id}: ${file} has the text ${pieces.length - 1} times, not once: ${find}`);
  }
  return pieces.join(replace);
}
