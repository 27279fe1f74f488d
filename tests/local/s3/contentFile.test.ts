import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ContentFile } from "../../../local/s3/contentFile";

describe("the file of what objects hold", () => {
  const files: ContentFile[] = [];
  const open = (): ContentFile => {
    const file = new ContentFile();
    files.push(file);
    return file;
  };
  after(() => files.forEach((file) => file.close()));

  it("gives each body back as it came, however many lie in it", () => {
    const file = open();
    const texts = ["", "a", "ä".repeat(5_000), "", "x".repeat(1_000_000), "last"];
    const places = texts.map((text) => ({ at: file.keep(Buffer.from(text)), length: Buffer.byteLength(text) }));
    assert.deepEqual(
      places.map(({ at, length }) => file.read(at, length).toString()),
      texts,
    );
  });

  it("keeps what it was given, whatever becomes of the buffer, and gives every reader a copy", () => {
    const bytes = Buffer.from("before");
    const file = open();
    const at = file.keep(bytes);
    bytes.write("after!");
    file.read(at, 6).write("other!");
    assert.equal(file.read(at, 6).toString(), "before");
  });

  it("has no name that could be left behind", () => {
    const before = process.env["TMPDIR"];
    const folder = (process.env["TMPDIR"] = mkdtempSync(join(tmpdir(), "body-file-")));
    try {
      open().keep(Buffer.from("x"));
      assert.deepEqual(readdirSync(folder), []);
    } finally {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
      rmSync(folder, { recursive: true });
    }
  });

  it("says that it is closed", () => {
    const file = open();
    const at = file.keep(Buffer.from("x"));
    file.close();
    assert.throws(() => file.read(at, 1), /closed/);
  });
});
