import assert from "node:assert/strict";
import fc from "fast-check";
import { parseXml, renderXml, textOf } from "../../../local/s3/xmlDocument";

describe("the XML of S3", () => {
  it("reads back any text that it wrote", () => {
    // XML has no way to write most control characters, so S3 lists such keys with encoding-type=url.
    const text = fc.string({ unit: "binary" }).filter((value) => !/[\0-\x08\x0b\x0c\x0e-\x1f]/.test(value));
    fc.assert(
      fc.property(text, (value) => {
        const root = parseXml(renderXml("Root", { Key: value }));
        assert.equal(root === undefined ? undefined : textOf(root, "Key"), value);
      }),
    );
  });

  it("repeats the element of an array and leaves out what is undefined", () => {
    const rendered = renderXml("R", { A: [1, { B: true }], C: undefined }, "urn:x");
    assert.match(rendered, /<R xmlns="urn:x"><A>1<\/A><A><B>true<\/B><\/A><\/R>$/);
  });

  it("takes prologs, comments, attributes, namespaces and empty elements", () => {
    const root = parseXml(
      '\uFEFF<?xml version="1.0"?>\n<!-- x --><s:R xmlns:s="y">\n<A b="c"/><D>&lt;&#x41;&#66;</D></s:R>\n',
    );
    assert.deepEqual([root?.name, root?.children.map(({ name }) => name)], ["R", ["A", "D"]]);
    assert.equal(root === undefined ? "" : textOf(root, "D"), "<AB");
  });

  it("refuses what is not one well-formed element, and document types", () => {
    for (const source of [
      "",
      "a",
      "<a>",
      "<a></b>",
      "</a>",
      "<a/><b/>",
      "<a/>x",
      "<a",
      '<!DOCTYPE a [<!ENTITY b "c">]><a/>',
    ]) {
      assert.equal(parseXml(source), undefined, source);
    }
  });
});
