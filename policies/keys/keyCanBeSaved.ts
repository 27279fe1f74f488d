import { numberAt } from "../fields";
import { KEY } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** When a key is gone, so is everything that was encrypted with it, backups included. */
export const keyCanBeSaved: ResourceRule = {
  name: "key-can-be-saved",
  what: "A key that is to be deleted can still be saved for weeks.",
  why: "When a key is gone, so is everything that was encrypted with it, backups included.",
  fix: "Set deletionWindowInDays to 30, or leave it out.",
  severity: "medium",
  controls: ["FSBP-KMS.3"],
  types: [KEY],
  settings: {
    fewestDays: {
      type: "integer",
      default: 30,
      description: "Days that a deleted key can be saved at least, 7 to 30.",
    },
  },
  problems: ({ props }, { fewestDays }) => {
    const days = numberAt(props, ["deletionWindowInDays"], 30);
    return days < Number(fewestDays) && `is gone ${days} days after it was deleted.`;
  },
};
