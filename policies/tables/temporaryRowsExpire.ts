import { at } from "../fields";
import { TABLE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Rows that nobody needs any more cost money, and hold people's data for longer than they may. */
export const temporaryRowsExpire: ResourceRule = {
  name: "temporary-rows-expire",
  what: "A table whose rows are temporary forgets them.",
  why: "Rows that nobody needs any more cost money, and hold people's data for longer than they may.",
  fix: "Set ttl. A table counts as temporary when it cannot be restored, or by its name.",
  severity: "low",
  controls: [],
  types: [TABLE],
  settings: {
    temporaryTables: {
      type: "array",
      items: { type: "string" },
      default: ["limits", "consumed", "session", "cache"],
      description: "Parts of the names of tables whose rows are temporary.",
    },
  },
  problems: ({ name, props }, { temporaryTables }) => {
    const named = (temporaryTables as readonly string[]).some((part) => name.includes(part));
    const temporary = named || at(props, "pointInTimeRecovery", "enabled") !== true;
    return temporary && at(props, "ttl", "enabled") !== true && "keeps temporary rows for ever.";
  },
};
