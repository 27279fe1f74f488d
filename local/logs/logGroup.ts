/** One line of a log group. Times are ms since 1970. */
export interface LogLine {
  /** Counts up within the group; the order in which lines arrived. */
  readonly sequence: number;
  readonly stream: string;
  readonly timeMs: number;
  readonly ingestedMs: number;
  readonly message: string;
}

/** A log stream: the order of lines of one writer. */
export interface LogStream {
  readonly name: string;
  readonly createdMs: number;
  firstTimeMs?: number;
  lastTimeMs?: number;
  lastIngestedMs?: number;
}

/** Which lines of a group to read; bounds of time in ms. */
export interface LogQuery {
  /** Included. */
  readonly fromMs?: number | undefined;
  /** Excluded. */
  readonly toMs?: number | undefined;
  readonly streams?: ((name: string) => boolean) | undefined;
}

/** Lines that a group keeps; the oldest make room. */
export const LINES_PER_GROUP = 3_000;

/**
 * The lines of one group, in memory, at most {@link LINES_PER_GROUP}. Lines older than the retention are
 * not shown, and dropped when room is needed.
 */
export class LogGroup {
  readonly streams = new Map<string, LogStream>();
  /** Days that a line is kept; absent is for ever. */
  retentionDays: number | undefined;
  private readonly ring: LogLine[] = [];
  private sequence = 0;

  constructor(
    readonly name: string,
    readonly createdMs: number,
  ) {}

  /** The stream of that name, created when absent. */
  stream(name: string, nowMs: number): LogStream {
    const known = this.streams.get(name);
    if (known !== undefined) return known;
    const stream: LogStream = { name, createdMs: nowMs };
    this.streams.set(name, stream);
    return stream;
  }

  add(line: Omit<LogLine, "sequence">): void {
    const stream = this.stream(line.stream, line.ingestedMs);
    stream.firstTimeMs = Math.min(stream.firstTimeMs ?? Infinity, line.timeMs);
    stream.lastTimeMs = Math.max(stream.lastTimeMs ?? -Infinity, line.timeMs);
    stream.lastIngestedMs = line.ingestedMs;
    this.ring[this.sequence % LINES_PER_GROUP] = { ...line, sequence: this.sequence };
    this.sequence++;
  }

  /** The lines that are kept and match, by their time, then by their arrival. */
  read(query: LogQuery, nowMs: number): LogLine[] {
    const retainedFromMs = this.retentionDays === undefined ? -Infinity : nowMs - this.retentionDays * DAY_MS;
    const fromMs = Math.max(query.fromMs ?? -Infinity, retainedFromMs);
    const toMs = query.toMs ?? Infinity;
    const streams = query.streams ?? (() => true);
    return this.ring
      .filter((line) => line.timeMs >= fromMs && line.timeMs < toMs && streams(line.stream))
      .sort((a, b) => a.timeMs - b.timeMs || a.sequence - b.sequence);
  }

  /** UTF-8 bytes of all lines that are held. */
  storedBytes(): number {
    return this.ring.reduce((bytes, { message }) => bytes + Buffer.byteLength(message), 0);
  }
}

const DAY_MS = 86_400_000;
