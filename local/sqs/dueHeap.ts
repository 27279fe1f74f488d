interface Entry<T> {
  readonly dueMs: number;
  readonly item: T;
}

/**
 * Items by the time at which they are due: a binary heap. An item that no longer counts is not removed
 * but passed over, and the heap is swept when such items may be half of it, so every step is O(log n).
 */
export class DueHeap<T> {
  private entries: Entry<T>[] = [];
  private sweepAt = 64;

  /** @param counts whether an item is still due at that time */
  constructor(private readonly counts: (item: T, dueMs: number) => boolean) {}

  push(dueMs: number, item: T): void {
    if (this.entries.length >= this.sweepAt) this.sweep();
    this.entries.push({ dueMs, item });
    this.rise(this.entries.length - 1);
  }

  /** The earliest item that counts. */
  peek(): Entry<T> | undefined {
    let first = this.entries[0];
    while (first !== undefined && !this.counts(first.item, first.dueMs)) {
      this.dropFirst();
      first = this.entries[0];
    }
    return first;
  }

  /** Takes the earliest item, when it is due at `nowMs`. */
  popDue(nowMs: number): T | undefined {
    const first = this.peek();
    if (first === undefined || first.dueMs > nowMs) return undefined;
    this.dropFirst();
    return first.item;
  }

  private sweep(): void {
    // A sorted array is a heap.
    this.entries = this.entries.filter(({ item, dueMs }) => this.counts(item, dueMs)).sort((a, b) => a.dueMs - b.dueMs);
    this.sweepAt = Math.max(64, this.entries.length * 2);
  }

  private dropFirst(): void {
    const last = this.entries.pop();
    if (last === undefined || this.entries.length === 0) return;
    this.entries[0] = last;
    this.sink();
  }

  private rise(index: number): void {
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.due(parent) <= this.due(index)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  private sink(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const child = this.due(left + 1) < this.due(left) ? left + 1 : left;
      if (this.due(index) <= this.due(child)) return;
      this.swap(index, child);
      index = child;
    }
  }

  private due(index: number): number {
    return this.entries[index]?.dueMs ?? Infinity;
  }

  private swap(a: number, b: number): void {
    const [first, second] = [this.entries[a], this.entries[b]];
    if (first === undefined || second === undefined) return;
    this.entries[a] = second;
    this.entries[b] = first;
  }
}
