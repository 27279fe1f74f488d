/** A line as CloudWatch Logs keeps it. */
export interface RawLine {
  /** Of the line, within its group. */
  readonly id: string;
  readonly group: string;
  /** When it was written, ms since 1970. */
  readonly timeMs: number;
  readonly message: string;
}

/** Which lines of one group. */
export interface PageQuery {
  readonly group: string;
  /** Empty for every line. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
  readonly pattern: string;
  /** Included, ms since 1970. */
  readonly fromMs: number;
  /** From the page before. */
  readonly token?: string;
}

export interface Page {
  readonly lines: readonly RawLine[];
  /** A page may be empty and still have a next. */
  readonly next?: string;
}

/** Reads lines page by page. */
export interface Pages {
  page(query: PageQuery): Promise<Page>;
}

/** Groups that are read at once. */
const AT_ONCE = 4;

/** The lines of several groups, oldest first, each once: pages may overlap. */
export async function readLines(
  pages: Pages,
  { groups, ...query }: Omit<PageQuery, "group" | "token"> & { readonly groups: readonly string[] },
): Promise<RawLine[]> {
  const waiting = [...new Set(groups)];
  const found = new Map<string, RawLine>();
  const work = async (): Promise<void> => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      for await (const line of linesOf(pages, { ...query, group })) found.set(`${group} ${line.id}`, line);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return [...found.values()].sort((a, b) => a.timeMs - b.timeMs || (a.id < b.id ? -1 : 1));
}

async function* linesOf(pages: Pages, query: PageQuery): AsyncGenerator<RawLine> {
  let { lines, next } = await pages.page(query);
  yield* lines;
  while (next !== undefined) {
    const token: string = next;
    ({ lines, next } = await pages.page({ ...query, token }));
    yield* lines;
    // The same token once more would lead to the same page for ever.
    if (next === token) return;
  }
}
