import { queueOf } from "../consumers";
import { at, numberAt, textAt } from "../fields";
import { EVENT_SOURCE_MAPPING } from "../resourceTypes";
import type { StackRule } from "../rule";

/** One bad record would hold its shard up until the stream forgets it, with everything behind it. */
export const streamReaderKeepsWhatItGivesUp: StackRule = {
  name: "stream-reader-keeps-what-it-gives-up",
  what: "Every reader of a stream isolates a record that fails, gives it up in time, and leaves word of it.",
  why: "One bad record would hold its shard up until the stream forgets it, with everything behind it.",
  fix: "Set bisectBatchOnFunctionError, maximumRecordAgeInSeconds below a day, and destinationConfig.onFailure.",
  severity: "high",
  controls: [],
  types: [EVENT_SOURCE_MAPPING],
  problemsAmong: (mapping, stack) => {
    const { props, madeFrom } = mapping;
    if (queueOf(mapping, stack) !== undefined) return undefined;
    const age = numberAt(props, ["maximumRecordAgeInSeconds"], -1);
    const kept =
      madeFrom("destinationConfig").length > 0 ||
      textAt(props, "destinationConfig", "onFailure", "destinationArn") !== "";
    return [
      at(props, "bisectBatchOnFunctionError") !== true && "fails good records with a bad one.",
      (age < 0 || age >= ONE_DAY_SECONDS) && "tries a record for as long as the stream keeps it.",
      !kept && "leaves no word of what it gave up.",
    ];
  },
};

/** For as long a table's stream keeps its records: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
const ONE_DAY_SECONDS = 24 * 60 * 60;
