import assert from "node:assert/strict";
import { readLines, type Page, type PageQuery, type Pages, type RawLine } from "../../../cli/logs/readLines";

const line = (group: string, id: string, timeMs: number): RawLine => ({ group, id, timeMs, message: `${group}-${id}` });

/** Pages by group; a token is the next page's number. */
class Book implements Pages {
  readonly asked: PageQuery[] = [];
  reading = 0;
  mostAtOnce = 0;

  constructor(private readonly pages: Readonly<Record<string, readonly (readonly RawLine[])[]>>) {}

  async page(query: PageQuery): Promise<Page> {
    this.asked.push(query);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.reading);
    await new Promise((resolve) => setImmediate(resolve));
    this.reading--;
    const pages = this.pages[query.group] ?? [];
    const at = Number(query.token ?? 0);
    return { lines: pages[at] ?? [], ...(at + 1 < pages.length && { next: String(at + 1) }) };
  }
}

const QUERY = { pattern: "{ $.a = 1 }", fromMs: 5 };
const messages = (lines: readonly RawLine[]) => lines.map(({ message }) => message);

describe("reading lines of several log groups", () => {
  it("goes through all pages, the empty ones too, and puts the lines of all groups in time order", async () => {
    const book = new Book({ a: [[line("a", "1", 10)], [], [line("a", "2", 30)]], b: [[line("b", "1", 20)]] });
    assert.deepEqual(messages(await readLines(book, { groups: ["a", "b"], ...QUERY })), ["a-1", "b-1", "a-2"]);
    assert.ok(book.asked.every(({ pattern, fromMs }) => pattern === QUERY.pattern && fromMs === QUERY.fromMs));
  });

  it("keeps a line once that two pages have, and both of two groups that have the same id", async () => {
    const book = new Book({ a: [[line("a", "1", 10)], [line("a", "1", 10)]], b: [[line("b", "1", 10)]] });
    assert.deepEqual(messages(await readLines(book, { groups: ["a", "b", "a"], ...QUERY })), ["a-1", "b-1"]);
  });

  it("reads several groups at once, but not all of many", async () => {
    const groups = Array.from({ length: 20 }, (_, at) => `g${at}`);
    const book = new Book(Object.fromEntries(groups.map((group) => [group, [[line(group, "1", 1)]]])));
    assert.equal((await readLines(book, { groups, ...QUERY })).length, 20);
    assert.equal(book.mostAtOnce, 4);
  });

  it("ends when a page's token leads to the same page again", async () => {
    const stuck: Pages = { page: async () => ({ lines: [line("a", "1", 1)], next: "same" }) };
    assert.equal((await readLines(stuck, { groups: ["a"], ...QUERY })).length, 1);
  });

  it("fails when one group cannot be read", async () => {
    const broken: Pages = { page: () => Promise.reject(new Error("b cannot be read")) };
    await assert.rejects(readLines(broken, { groups: ["a", "b"], ...QUERY }), /b cannot be read/);
  });
});
