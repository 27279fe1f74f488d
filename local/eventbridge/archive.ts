import type { BusEvent } from "../feed";
import type { EventPattern } from "./eventPattern";

/** Events that an archive keeps; the oldest make room. */
export const EVENTS_PER_ARCHIVE = 5_000;
const DAY_MS = 86_400_000;

export interface ArchiveSettings {
  readonly name: string;
  readonly arn: string;
  readonly sourceArn: string;
  readonly description: string | undefined;
  readonly pattern: EventPattern | undefined;
  /** 0 keeps events for ever. */
  readonly retentionDays: number;
  readonly createdMs: number;
}

/** The events of one bus, in memory, at most {@link EVENTS_PER_ARCHIVE}. */
export class Archive {
  private events: BusEvent[] = [];

  constructor(readonly settings: ArchiveSettings) {}

  /** Keeps the event when the pattern matches, and says whether it did. */
  offer(event: BusEvent): boolean {
    if (this.settings.pattern?.matches(event) === false) return false;
    this.events.push(event);
    // Cutting a tenth at a time keeps the cost per event constant.
    if (this.events.length > EVENTS_PER_ARCHIVE * 1.1) this.events = this.events.slice(-EVENTS_PER_ARCHIVE);
    return true;
  }

  /** The events that are retained, with times from `fromMs` up to `toMs`, oldest first. */
  between({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }, nowMs: number): readonly BusEvent[] {
    const { retentionDays } = this.settings;
    const firstMs = retentionDays === 0 ? fromMs : Math.max(fromMs, nowMs - retentionDays * DAY_MS);
    return this.events
      .map((event) => ({ event, timeMs: Date.parse(event.time) }))
      .filter(({ timeMs }) => timeMs >= firstMs && timeMs <= toMs)
      .sort((a, b) => a.timeMs - b.timeMs)
      .map(({ event }) => event);
  }

  counts(nowMs: number): { readonly events: number; readonly bytes: number } {
    const kept = this.between({ fromMs: -Infinity, toMs: Infinity }, nowMs);
    const bytes = kept.reduce((sum, event) => sum + Buffer.byteLength(JSON.stringify(event)), 0);
    return { events: kept.length, bytes };
  }
}
