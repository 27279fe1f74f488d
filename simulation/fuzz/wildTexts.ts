import fc from "fast-check";

/** Texts over which programs have stumbled before. */
const NOTORIOUS = [
  ...["", " ", "\u0000", "a\u0000b", "\t\r\n", "\ufeff", "\u202eabc\u202c", "مرحبا", "e\u0301", "👩‍👩‍👧", "ﬃ", "ß", "İ"],
  ...[
    "null",
    "undefined",
    "NaN",
    "true",
    "[]",
    "{}",
    '"',
    "'",
    "\\",
    "`",
    "$",
    "#",
    "globex#x",
    "#globex",
    "%",
    "%00",
    "%zz",
  ],
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "prototype"],
  ...["-1", "0", "-0", "1e3", "1.0", "1e400", "0x10", "2147483648", "9007199254740993", "٣"],
  ...["../../etc/passwd", "${context.apiId}", "$context.stage", "{{7*7}}", "' or 1=1 --", "<script>alert(1)</script>"],
  ...[
    "\ud800",
    "\udc00x",
    "a".repeat(64),
    "a".repeat(65),
    "😀".repeat(64),
    "a".repeat(129),
    "😀".repeat(65),
    "é".repeat(2_000),
  ],
];

/** Texts of all kinds: ordinary, notorious, of any characters, and with halves of characters. */
export function wildTexts(): fc.Arbitrary<string> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
    { weight: 3, arbitrary: fc.constantFrom(...NOTORIOUS) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 300 }) },
    {
      weight: 1,
      arbitrary: fc.string({ unit: fc.integer({ min: 0xd7f0, max: 0xe010 }).map(character), maxLength: 8 }),
    },
  );
}

/** One thing most of the time, and another at times; failing examples shrink towards the first. */
export function mostly<T>(good: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, goodWeight = 8): fc.Arbitrary<T> {
  return fc.oneof({ withCrossShrink: true }, { weight: goodWeight, arbitrary: good }, { weight: 1, arbitrary: odd });
}

/** JSON that parsers, and what is behind them, must cope with; not all of it is valid. */
export function wildJson(): fc.Arbitrary<string> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: fc.constantFrom(...JSON_TEXTS) },
    { weight: 2, arbitrary: fc.constantFrom(...NUMBERS) },
    { weight: 3, arbitrary: wildTexts().map((text) => JSON.stringify(text)) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 20_000 }).map((depth) => "[".repeat(depth) + "]".repeat(depth)) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 1, max: 5_000 }).map((depth) => '{"a":'.repeat(depth) + "1" + "}".repeat(depth)),
    },
    { weight: 1, arbitrary: fc.constantFrom("x", "😀").map((text) => JSON.stringify(text.repeat(100_000))) },
  );
}

const NUMBERS = [
  ...["0", "-0", "-1", "1", "1.0", "1e0", "1E+2", "1.5", "1e-7", "1000", "1001", "1e400", "-1e400", "1e-400"],
  ...[
    "2147483648",
    "9007199254740991",
    "9007199254740993",
    "123456789012345678901234567890",
    "0.1",
    "29.990000000000002",
  ],
];

const JSON_TEXTS = [
  ...["null", "true", "false", '""', "[]", "{}", "[null]", '"1"', "[[]]", '{"length":1}', '{"0":{},"length":1}'],
  ...['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{"a":1}}}', '{"toJSON":1}', '{"then":1}'],
  ...[
    '"\\ud800"',
    '"\\u0000"',
    '"\\u202e"',
    '"\\/"',
    '"\\x"',
    "NaN",
    "Infinity",
    "undefined",
    "01",
    ".5",
    "+1",
    "'a'",
    "1,",
  ],
];

function character(code: number): string {
  return String.fromCharCode(code);
}
