import { listAt } from "../fields";
import { FUNCTION } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** The same work costs a fifth less there, and functions of one kind share their layers and tests. */
export const functionRunsOnArm: ResourceRule = {
  name: "function-runs-on-arm",
  what: "Every function runs on ARM processors.",
  why: "The same work costs a fifth less there, and functions of one kind share their layers and tests.",
  fix: 'Set architectures to ["arm64"].',
  severity: "low",
  controls: [],
  types: [FUNCTION],
  settings: {
    architectures: {
      type: "array",
      items: { type: "string" },
      default: ["arm64"],
      description: "The processors that functions may run on.",
    },
  },
  problems: ({ props }, { architectures }) => {
    const [architecture = "x86_64"] = listAt(props, "architectures").map(String);
    return !(architectures as readonly string[]).includes(architecture) && `runs on ${architecture}.`;
  },
};
