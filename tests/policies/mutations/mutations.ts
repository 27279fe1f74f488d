import type { Mutation } from "../mutation";
import { DATA_MUTATIONS } from "./dataMutations";
import { FUNCTION_MUTATIONS } from "./functionMutations";
import { MESSAGING_MUTATIONS } from "./messagingMutations";
import { OPERATION_MUTATIONS } from "./operationMutations";

export { SECOND_MUTATIONS } from "./secondMutations";

/** What may go wrong with the program, at a distinct place each. */
export const MUTATIONS: readonly Mutation[] = [
  ...FUNCTION_MUTATIONS,
  ...MESSAGING_MUTATIONS,
  ...DATA_MUTATIONS,
  ...OPERATION_MUTATIONS,
];
