import type { SagaEnd } from "../../bench/subject";
import type { StackOutputs } from "../stackOutputs";

/** What the process of a measured pipeline is told. The first message starts it. */
export type ToPipeline =
  | { readonly kind: "start"; readonly settings: readonly string[] }
  | { readonly kind: "collect" }
  | { readonly kind: "skipChanges"; readonly functionName: string }
  | { readonly kind: "stop" };

/** What it tells. */
export type FromPipeline =
  | { readonly kind: "up"; readonly outputs: StackOutputs }
  | { readonly kind: "ended"; readonly end: SagaEnd }
  | { readonly kind: "collected"; readonly heapBytes: number }
  | { readonly kind: "skipped" }
  | { readonly kind: "failed"; readonly message: string };
