import type { PartFigures } from "../../../console/protocol";

const NONE: PartFigures = { count: 0, failures: 0, running: 0 };

/** Counts of parts and arrows, and which of them changed since they were told last. */
export class Figures {
  readonly parts = new Map<string, PartFigures>();
  readonly arrows = new Map<string, number>();
  private readonly changedParts = new Set<string>();
  private readonly changedArrows = new Set<string>();

  /** Something passed a part. */
  pass(part: string | undefined, count = 1): void {
    if (part !== undefined) this.change(part, (at) => ({ count: at.count + count }));
  }

  fail(part: string | undefined, failedMs: number): void {
    if (part !== undefined) this.change(part, (at) => ({ failures: at.failures + 1, failedMs }));
  }

  run(part: string | undefined, by: 1 | -1): void {
    if (part !== undefined) this.change(part, (at) => ({ running: Math.max(0, at.running + by) }));
  }

  depth(part: string, waiting: number, inFlight: number): void {
    const at = this.parts.get(part);
    if (at?.waiting !== waiting || at.inFlight !== inFlight) this.change(part, () => ({ waiting, inFlight }));
  }

  move(arrow: string | undefined, count = 1): void {
    if (arrow === undefined) return;
    this.arrows.set(arrow, (this.arrows.get(arrow) ?? 0) + count);
    this.changedArrows.add(arrow);
  }

  /** What changed since the last time; undefined when nothing did. */
  takeChanges(): { parts?: Record<string, PartFigures>; arrows?: Record<string, number> } {
    const parts = [...this.changedParts].map((id) => [id, this.parts.get(id) ?? NONE] as const);
    const arrows = [...this.changedArrows].map((id) => [id, this.arrows.get(id) ?? 0] as const);
    this.changedParts.clear();
    this.changedArrows.clear();
    return {
      ...(parts.length > 0 && { parts: Object.fromEntries(parts) }),
      ...(arrows.length > 0 && { arrows: Object.fromEntries(arrows) }),
    };
  }

  private change(part: string, by: (at: PartFigures) => Partial<PartFigures>): void {
    const at = this.parts.get(part) ?? NONE;
    this.parts.set(part, { ...at, ...by(at) });
    this.changedParts.add(part);
  }
}
