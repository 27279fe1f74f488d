import { REQUEST_LIMIT_BYTES } from "./functionErrors";

/** Room for the brackets and names around the records of an event. */
const ENVELOPE_BYTES = 64;

/** How many of the first records fit into one synchronous call; at least one, though it may be too large. */
export function fittingCount(records: readonly object[]): number {
  let bytes = ENVELOPE_BYTES;
  const over = records.findIndex((record) => {
    bytes += Buffer.byteLength(JSON.stringify(record)) + 1;
    return bytes > REQUEST_LIMIT_BYTES;
  });
  return over < 0 ? records.length : Math.max(1, over);
}
