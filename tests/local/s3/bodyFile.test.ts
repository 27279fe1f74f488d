import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BodyFile } from "../../../local/s3/bodyFile";

describe("the file of objects' bodies", () => {
  const files: BodyFile[] = [];
  const open = (): BodyFile => {
    const file = new BodyFile();
    files.push(file);
    return file;
  };
  after(() => files.forEach((file) => file.close()));

  it("gives each body back as it came, however many lie in it", () => {
    const file = open();
    const texts = ["", "a", "ä".repeat(5_000), "", "x".repeat(1_000_000), "last"];
    const bodies = texts.map((text) => file.keep(Buffer.from(text)));
    assert.deepEqual(
      bodies.map((body) => body.read().toString()),
      texts,
    );
    assert.deepEqual(
      bodies.map(({ length }) => length),
      texts.map((text) => Buffer.byteLength(text)),
    );
  });

  it("keeps what it was given, whatever becomes of the buffer, and gives every reader a copy", () => {
    const bytes = Buffer.from("before");
    const body = open().keep(bytes);
    bytes.write("after!");
    body.read().write("other!");
    assert.equal(body.read().toString(), "before");
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
    const body = file.keep(Buffer.from("x"));
    file.close();
    assert.throws(() => body.read(), /closed/);
  });
});
