/** Where a command writes to. */
export interface Terminal {
  say(text: string): void;
  complain(text: string): void;
  /** Whether what is said may be coloured: it goes to people, and they want it. @default false */
  readonly colours?: boolean;
}

/** What is wrong with a command line. Commands exit with 2 for it, and with 1 for what went wrong otherwise. */
export class UsageError extends Error {}

/** An error in one line. A refused connection has no message of its own, only those of each address that was tried. */
export function spoken(error: Error & { readonly code?: string }): string {
  if (error.code !== "ECONNREFUSED") return error.message.replace(/\s+/g, " ");
  return "The pipeline that the outputs name does not answer: it may have been stopped. Start it again (npm start).";
}
