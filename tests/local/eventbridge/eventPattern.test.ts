import assert from "node:assert/strict";
import fc from "fast-check";
import { parseEventPattern } from "../../../local/eventbridge/eventPattern";

const matches = (pattern: unknown, event: unknown): boolean =>
  parseEventPattern(JSON.stringify(pattern)).matches(event);

/** A pattern for the field `a`, values of `a` that match, and values that do not; undefined is an absent field. */
const operators: readonly [what: string, pattern: unknown, matching: readonly unknown[], other: readonly unknown[]][] =
  [
    [
      "equal values of the same type",
      ["x", 3, true, null],
      ["x", 3, true, null],
      ["X", "3", 4, false, "null", undefined],
    ],
    ["any value of a list", ["x"], [["y", "x"], [["x"]]], [["y"], [], [{ x: "x" }]]],
    ["prefix", [{ prefix: "ab" }], ["ab", "abc"], ["AB", "cab", 1, undefined]],
    ["prefix ignoring case", [{ prefix: { "equals-ignore-case": "aB" } }], ["ABc", "ab"], ["ba", undefined]],
    ["suffix", [{ suffix: ".png" }], ["a.png", ".png"], ["a.PNG", "png.a"]],
    ["suffix ignoring case", [{ suffix: { "equals-ignore-case": ".png" } }], ["a.PNG"], ["a.jpg"]],
    ["equals-ignore-case", [{ "equals-ignore-case": "alice" }], ["Alice", "ALICE"], ["alic", "alices"]],
    ["wildcard", [{ wildcard: "dir/*/f*.png" }], ["dir/a/f1.png", "dir//f.png"], ["dir/f.png", "dir/a/f1.png2"]],
    ["escaped wildcard", [{ wildcard: "a\\*\\\\*" }], ["a*\\", "a*\\b"], ["ab\\", "a*"]],
    ["anything-but a value", [{ "anything-but": "x" }], ["y", 1, null, ["x", "y"]], ["x", ["x"], undefined]],
    ["anything-but a list", [{ "anything-but": [1, 2] }], [3, "1"], [1, 2]],
    ["anything-but prefix", [{ "anything-but": { prefix: ["a", "b"] } }], ["c", 1], ["ax", "bx"]],
    ["anything-but suffix", [{ "anything-but": { suffix: ".png" } }], ["a.jpg"], ["a.png"]],
    ["anything-but ignoring case", [{ "anything-but": { "equals-ignore-case": ["a", "b"] } }], ["c"], ["A", "b"]],
    ["anything-but wildcard", [{ "anything-but": { wildcard: "*/lib/*" } }], ["a/b"], ["a/lib/b"]],
    ["numeric comparison", [{ numeric: [">", 10] }], [10.5, 5e9], [10, "11", 6e9]],
    ["numeric equality", [{ numeric: ["=", 3.018e2] }], [301.8], [301, "301.8"]],
    ["numeric range", [{ numeric: [">=", 0, "<", 5] }], [0, 4.99], [-0.01, 5]],
    ["exists", [{ exists: true }], ["", 0, null, false, ["x"]], [undefined, { b: 1 }, []]],
    ["does not exist", [{ exists: false }], [undefined, { b: 1 }], ["", null]],
    ["one of several", [{ prefix: "a" }, { exists: false }, 7], ["ab", undefined, 7], ["b"]],
    ["cidr", [{ cidr: "10.0.0.0/24" }], ["10.0.0.0", "10.0.0.255"], ["10.0.1.0", "10.0.0", "x", 10]],
    ["cidr of version 6", [{ cidr: "2001:db8::/32" }], ["2001:db8::1"], ["2001:db9::1", "10.0.0.1"]],
  ];

describe("an event pattern", () => {
  for (const [what, pattern, matching, other] of operators) {
    it(`matches ${what}`, () => {
      for (const value of matching)
        assert.ok(matches({ a: pattern }, { a: value }), `should match ${JSON.stringify(value)}`);
      for (const value of other)
        assert.ok(!matches({ a: pattern }, { a: value }), `should not match ${JSON.stringify(value)}`);
    });
  }

  it("asks all fields to match, at any depth", () => {
    const pattern = { source: ["shop"], detail: { order: { status: ["NEW"] }, total: [{ numeric: [">", 1] }] } };
    assert.ok(matches(pattern, { source: "shop", detail: { order: { status: "NEW" }, total: 2 }, more: 1 }));
    assert.ok(!matches(pattern, { source: "shop", detail: { order: { status: "OLD" }, total: 2 } }));
    assert.ok(!matches(pattern, { source: "shop", detail: "NEW" }));
  });

  it("asks one object of a list to match all that is asked of it", () => {
    const pattern = { detail: { items: { sku: ["a"], qty: [2] } } };
    assert.ok(matches(pattern, { detail: { items: [{ sku: "b" }, { sku: "a", qty: 2 }] } }));
    assert.ok(
      !matches(pattern, {
        detail: {
          items: [
            { sku: "a", qty: 1 },
            { sku: "b", qty: 2 },
          ],
        },
      }),
    );
  });

  it("takes a field as absent only when no object of a list has it", () => {
    const pattern = { detail: { items: { error: [{ exists: false }] } } };
    assert.ok(matches(pattern, { detail: { items: [{ sku: "a" }] } }));
    assert.ok(matches(pattern, { detail: {} }));
    assert.ok(!matches(pattern, { detail: { items: [{ sku: "a" }, { error: "x" }] } }));
  });

  it("asks one alternative of $or to match, beside the other fields", () => {
    const pattern = { source: ["s"], detail: { $or: [{ a: [1] }, { b: [2], c: [{ exists: true }] }], d: [4] } };
    assert.ok(matches(pattern, { source: "s", detail: { a: 1, d: 4 } }));
    assert.ok(matches(pattern, { source: "s", detail: { b: 2, c: 0, d: 4 } }));
    assert.ok(!matches(pattern, { source: "s", detail: { b: 2, d: 4 } }));
    assert.ok(!matches(pattern, { source: "s", detail: { a: 1 } }));
  });

  it("does not see what objects inherit", () => {
    assert.ok(!matches({ detail: { constructor: [{ exists: true }] } }, { detail: {} }));
  });

  const refused: readonly [string, RegExp][] = [
    ["{", /JSON/],
    ["[]", /not an object/],
    ["{}", /Empty objects/],
    ['{"a":[]}', /Empty arrays/],
    ['{"a":"x"}', /"a" must be an object or an array/],
    ['{"a":[["x"]]}', /must not hold another list/],
    ['{"a":[{"like":"x"}]}', /Unrecognized match type like/],
    ['{"a":[{"constructor":"x"}]}', /Unrecognized match type constructor/],
    ['{"a":[{"prefix":"x","suffix":"y"}]}', /exactly one key/],
    ['{"a":[{"prefix":1}]}', /prefix match pattern must be a string/],
    ['{"a":[{"prefix":{"wildcard":"x"}}]}', /Unsupported expression wildcard in prefix/],
    ['{"a":[{"exists":"yes"}]}', /true or false/],
    ['{"a":[{"wildcard":"a**b"}]}', /Consecutive wildcard/],
    ['{"a":[{"wildcard":"a\\\\b"}]}', /Invalid escape/],
    ['{"a":[{"numeric":[">"]}]}', /Numeric match/],
    ['{"a":[{"numeric":["~",1]}]}', /Unrecognized numeric range operator/],
    ['{"a":[{"numeric":[">",9e9]}]}', /from -5.0e9/],
    ['{"a":[{"numeric":["<",1,">",0]}]}', /numeric range/],
    ['{"a":[{"numeric":[">",5,"<",5]}]}', /numeric range/],
    ['{"a":[{"cidr":"10.0.0.0/33"}]}', /Malformed CIDR/],
    ['{"a":[{"cidr":"10.0.0.0"}]}', /Malformed CIDR/],
    ['{"a":[{"anything-but":[]}]}', /Empty arrays/],
    ['{"a":[{"anything-but":["x",1]}]}', /texts alone or numbers alone/],
    ['{"a":[{"anything-but":{"numeric":[">",1]}}]}', /Unsupported anything-but pattern: numeric/],
    ['{"a":[{"anything-but":{"toString":"x"}}]}', /Unsupported anything-but pattern/],
    ['{"$or":[{"a":[1]}]}', /at least two objects/],
    [JSON.stringify({ a: ["x".repeat(4096)] }), /Longer than 4096/],
    [
      JSON.stringify(Object.fromEntries([..."abcdefghijk"].map((x) => [x, { $or: [{ a: [1] }, { b: [1] }] }]))),
      /More than 1000/,
    ],
  ];
  for (const [text, message] of refused) {
    it(`is refused when it is ${text.slice(0, 60)}`, () => {
      assert.throws(() => parseEventPattern(text), { code: "InvalidEventPatternException", message });
    });
  }

  const leaf = fc.oneof(
    fc.constantFrom("a", "b", "ab", "ba", ""),
    fc.integer({ min: -2, max: 2 }),
    fc.boolean(),
    fc.constant(null),
  );
  const letters = fc
    .string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 6 })
    .filter((text) => !text.includes("**"));

  it("finds the same wildcards as a regular expression", () => {
    fc.assert(
      fc.property(letters, fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 }), (wildcard, value) => {
        const expected = new RegExp(`^${wildcard.replaceAll("*", ".*")}$`).test(value);
        assert.equal(matches({ x: [{ wildcard }] }, { x: value }), expected);
      }),
    );
  });

  it("matches anything-but exactly where the value does not", () => {
    fc.assert(
      fc.property(fc.constantFrom("a", "b", "ab"), leaf, (value, actual) => {
        assert.equal(
          matches({ x: [{ "anything-but": value }] }, { x: actual }),
          !matches({ x: [value] }, { x: actual }),
        );
      }),
    );
  });

  it("matches a list of conditions where one of them matches, and a list of values where one of them does", () => {
    const condition = fc.oneof(
      leaf,
      fc.constantFrom({ prefix: "a" }, { suffix: "b" }, { numeric: [">=", 0] }, { exists: true }),
    );
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 3 }),
        fc.array(leaf, { minLength: 1, maxLength: 3 }),
        (conditions, values) => {
          const expected = conditions.some((one) => values.some((value) => matches({ x: [one] }, { x: value })));
          assert.equal(matches({ x: conditions }, { x: values }), expected);
        },
      ),
    );
  });

  it("treats $or as the alternatives one by one", () => {
    const branch = fc.dictionary(fc.constantFrom("p", "q"), fc.array(leaf, { minLength: 1, maxLength: 2 }), {
      minKeys: 1,
    });
    const event = fc.dictionary(fc.constantFrom("p", "q"), leaf);
    fc.assert(
      fc.property(branch, branch, event, (one, two, detail) => {
        const expected = matches({ detail: one }, { detail }) || matches({ detail: two }, { detail });
        assert.equal(matches({ detail: { $or: [one, two] } }, { detail }), expected);
      }),
    );
  });

  it("never matches more events when it asks more", () => {
    const branch = fc.dictionary(fc.constantFrom("p", "q", "r"), fc.array(leaf, { minLength: 1, maxLength: 2 }), {
      minKeys: 1,
    });
    const event = fc.dictionary(fc.constantFrom("p", "q", "r"), fc.oneof(leaf, fc.array(leaf)));
    fc.assert(
      fc.property(branch, branch, event, (one, two, detail) => {
        if (matches({ detail: { ...two, ...one } }, { detail })) assert.ok(matches({ detail: one }, { detail }));
      }),
    );
  });

  it("finds the same addresses as arithmetic", () => {
    const octet = fc.constantFrom(0, 1, 127, 128, 255);
    const address = fc.tuple(octet, octet, octet, octet);
    const numberOf = (octets: readonly number[]): number => octets.reduce((sum, next) => sum * 256 + next, 0);
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 32 }), (network, host, bits) => {
        const size = 2 ** (32 - bits);
        const expected = Math.floor(numberOf(network) / size) === Math.floor(numberOf(host) / size);
        assert.equal(matches({ ip: [{ cidr: `${network.join(".")}/${bits}` }] }, { ip: host.join(".") }), expected);
      }),
    );
  });
});
