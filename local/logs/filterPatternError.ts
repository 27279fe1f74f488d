/** Says whether a line matches a filter pattern. */
export type LineFilter = (message: string) => boolean;

/** A filter pattern that is wrong, or in a form that has no stand-in here; the message says which. */
export class FilterPatternError extends Error {}
