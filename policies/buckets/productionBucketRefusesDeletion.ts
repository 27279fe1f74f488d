import { at } from "../fields";
import { BUCKET } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** A renamed component is a deleted bucket and a new, empty one. */
export const productionBucketRefusesDeletion: ResourceRule = {
  name: "production-bucket-refuses-deletion",
  what: "In production no bucket is deleted with its objects, and Pulumi refuses to delete it.",
  why: "A renamed component is a deleted bucket and a new, empty one.",
  fix: "Leave forceDestroy off, and set the option protect.",
  severity: "high",
  controls: [],
  types: [BUCKET],
  inProductionOnly: true,
  problems: ({ props, protect }) => [
    at(props, "forceDestroy") === true && "is deleted with everything in it.",
    !protect && "can be deleted by Pulumi.",
  ],
};
