import type { Arrow } from "../../../console/protocol";
import type { Placed } from "./parts";

/** Finds parts by what resources say of each other: ARNs, names, URLs. */
export class Directory {
  private readonly byName = new Map<string, Placed>();

  constructor(readonly placed: readonly Placed[]) {
    for (const one of placed) {
      for (const name of [one.arn, one.physicalName, one.resource.outputs["id"], one.resource.outputs["streamArn"]]) {
        if (typeof name === "string" && !this.byName.has(name)) this.byName.set(name, one);
      }
    }
  }

  /** The part that a text names. Functions are found in longer ARNs, such as those of integrations. */
  find(name: unknown): Placed | undefined {
    const text = typeof name === "string" ? name : "";
    const lambda = /arn:[^:]+:lambda:[^:]+:\d{12}:function:[\w-]+/.exec(text)?.[0];
    return this.byName.get(text) ?? this.byName.get(lambda ?? "") ?? this.byName.get(text.replace(/:\*$/, ""));
  }

  ofType(type: string): readonly Placed[] {
    return this.placed.filter(({ resource }) => resource.type === type);
  }
}

/** An arrow, when its end is a part; none that leads back to where it begins. */
export function arrow(from: Placed, to: Placed | undefined, way: Arrow["way"], says: string): Arrow[] {
  if (to === undefined || to === from) return [];
  return [{ id: `${from.part.id}>${to.part.id}`, from: from.part.id, to: to.part.id, way, says }];
}
