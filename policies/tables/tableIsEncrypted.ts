import { at } from "../fields";
import { TABLE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** With the key that AWS owns nobody sees who decrypts, and nobody can be kept from it. */
export const tableIsEncrypted: ResourceRule = {
  name: "table-is-encrypted",
  what: "Every table is encrypted with a key whose use can be seen.",
  why: "With the key that AWS owns nobody sees who decrypts, and nobody can be kept from it.",
  fix: "Set serverSideEncryption.enabled.",
  severity: "medium",
  controls: [],
  types: [TABLE],
  problems: ({ props }) =>
    at(props, "serverSideEncryption", "enabled") !== true && "is encrypted with a key of AWS's own.",
};
