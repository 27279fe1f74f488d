import { invalidParameter } from "./logsError";

/** The line that a page ended with: its time in ms and its number within the group. */
export interface PageToken {
  readonly timeMs: number;
  readonly sequence: number;
}

/** Renders a place among the lines as the opaque text that callers hand back. */
export function writePageToken({ timeMs, sequence }: PageToken, direction: "f" | "b" = "f"): string {
  return `${direction}/${Buffer.from(`${timeMs}:${sequence}`).toString("base64url")}`;
}

/** @throws InvalidParameterException for a text that is not a token */
export function readPageToken(text: string): PageToken & { readonly direction: "f" | "b" } {
  const [direction, encoded = ""] = text.split("/");
  const match = /^(-?[\d.]+):(-?\d+)$/.exec(Buffer.from(encoded, "base64url").toString());
  if (match === null || (direction !== "f" && direction !== "b")) {
    throw invalidParameter("The specified nextToken is invalid.");
  }
  return { timeMs: Number(match[1]), sequence: Number(match[2]), direction };
}

/** Negative when the first comes before the second. */
export function comparePlaces(a: PageToken, b: PageToken): number {
  return a.timeMs - b.timeMs || a.sequence - b.sequence;
}
