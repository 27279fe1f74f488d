import assert from "node:assert/strict";
import { readForm } from "../../../local/endpoint/queryForm";

describe("the form of a query request", () => {
  const read = (form: string): Record<string, unknown> => readForm(new URLSearchParams(form));

  it("is read without its action and version", () => {
    assert.deepEqual(read("Action=Publish&Version=2010-03-31&Message=a%26b+c"), { Message: "a&b c" });
  });

  it("holds lists, in the order of their numbers and not of their texts", () => {
    const members = [2, 10, 1].map((number) => `Ids.member.${number}.Id=${number}`).join("&");
    assert.deepEqual(read(members), { Ids: [{ Id: "1" }, { Id: "2" }, { Id: "10" }] });
  });

  it("holds maps, by key and value or by name and value", () => {
    assert.deepEqual(read("A.entry.1.key=k&A.entry.1.value=v&A.entry.2.key=l&A.entry.2.value="), {
      A: { k: "v", l: "" },
    });
    assert.deepEqual(read("M.entry.1.Name=n&M.entry.1.Value.DataType=String"), { M: { n: { DataType: "String" } } });
  });

  it("takes a name for a name, whatever it is", () => {
    assert.deepEqual(read("A.entry.1.key=__proto__&A.entry.1.value=v").A, Object.fromEntries([["__proto__", "v"]]));
    assert.deepEqual(read("A=1&A.b=2"), { A: { b: "2" } });
  });
});
