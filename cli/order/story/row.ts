/** One thing that happened, for people. */
export interface Row {
  readonly timeMs: number;
  /** Who says so: a function, the trail, the saga, the inbox. */
  readonly from: string;
  readonly what: string;
  /** What is worth knowing beside; may be empty. */
  readonly said: string;
  /** Lines below it, such as what went in and came out. */
  readonly details: readonly (readonly [label: string, value: unknown])[];
  readonly tone: "plain" | "dim" | "good" | "bad" | "back" | "warn";
}
