import type { BusEvent } from "../feed";
import type { EventPattern } from "./eventPattern";

/** Events that an archive keeps; the oldest make room. */
export const EVENTS_PER_ARCHIVE = 20_000;
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
  /** As JSON texts, which take a third of the room. */
  private events: { readonly timeMs: number; readonly text: string }[] = [];

  constructor(readonly settings: ArchiveSettings) {}

  /** Keeps the event when the pattern matches, and says whether it did. */
  offer(event: BusEvent): boolean {
    if (this.settings.pattern?.matches(event) === false) return false;
    this.events.push({ timeMs: Date.parse(event.time), text: JSON.stringify(event) });
    // Cutting a tenth at a time keeps the cost per event constant.
    if (this.events.length > EVENTS_PER_ARCHIVE * 1.1) this.events = this.events.slice(-EVENTS_PER_ARCHIVE);
    return true;
  }

  /** The events that are retained, with times from `fromMs` up to `toMs`, oldest first. */
  between({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }, nowMs: number): readonly BusEvent[] {
    return this.kept({ fromMs, toMs }, nowMs).map(({ text }) => JSON.parse(text) as BusEvent);
  }

  counts(nowMs: number): { readonly events: number; readonly bytes: number } {
    const kept = this.kept({ fromMs: -Infinity, toMs: Infinity }, nowMs);
    return { events: kept.length, bytes: kept.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) };
  }

  private kept({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }, nowMs: number) {
    const { retentionDays } = this.settings;
    const firstMs = retentionDays === 0 ? fromMs : Math.max(fromMs, nowMs - retentionDays * DAY_MS);
    return this.events
      .filter(({ timeMs }) => timeMs >= firstMs && timeMs <= toMs)
      .sort((one, other) => one.timeMs - other.timeMs);
  }
}
