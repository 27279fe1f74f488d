/** A source map, version 3 (https://tc39.es/ecma426/). */
interface SourceMap {
  readonly version: 3;
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/**
 * The same map for our own sources only: a twentieth of the size, and a stack trace still names our
 * lines. `map` and the answer are JSON.
 */
export function withoutPackages(map: string): string {
  const { version, sources, names, mappings } = JSON.parse(map) as SourceMap;
  const kept = new Numbering(sources, (source) => !source.includes("node_modules/") && !source.includes(":"));
  const used = new Numbering(names, () => true);
  const lines = ownSegments(mappings, kept, used);
  return JSON.stringify({ version, sources: kept.values, names: used.values, mappings: encode(lines) });
}

/** Column, and where it comes from: source, line, column, name. Only the column for text from nowhere. */
type Segment = readonly number[];

/**
 * The segments of kept sources, line by line, and after each run of them the one that says where it ends. Written as
 * one loop over the digits: a bundle has a hundred thousand segments, of which a few hundred are ours.
 */
function ownSegments(mappings: string, sources: Numbering, names: Numbering): Segment[][] {
  const lines: Segment[][] = [[]];
  // Numbers are differences to the number of the same kind before; columns start anew on each line.
  const fields = [0, 0, 0, 0, 0];
  let inOurs = false;
  const end = (count: number): void => {
    const [column = 0, source = 0, line = 0, sourceColumn = 0, name = 0] = fields;
    const ours = count < 4 ? undefined : sources.number(source);
    if (ours !== undefined) {
      const named = count < 5 ? [] : [names.number(name) ?? 0];
      lines.at(-1)?.push([column, ours, line, sourceColumn, ...named]);
    } else if (inOurs) {
      lines.at(-1)?.push([column]);
    }
    inOurs = ours !== undefined;
  };

  let kind = 0;
  let value = 0;
  let shift = 0;
  for (let at = 0; at <= mappings.length; at += 1) {
    const code = at === mappings.length ? SEMICOLON : mappings.charCodeAt(at);
    if (code !== COMMA && code !== SEMICOLON) {
      const digit = DIGITS[code] ?? 0;
      value += (digit & 31) << shift;
      shift += 5;
      if (digit > 31) continue;
      fields[kind] = (fields[kind] ?? 0) + (value & 1 ? -(value >> 1) : value >> 1);
      kind += 1;
      value = shift = 0;
      continue;
    }
    if (kind > 0) end(kind);
    kind = 0;
    if (code === SEMICOLON && at < mappings.length) {
      fields[0] = 0;
      inOurs = false;
      lines.push([]);
    }
  }
  return lines;
}

/** Gives the kept ones of some values new numbers, in the order of first use. */
class Numbering {
  readonly values: string[] = [];
  private readonly numbers = new Map<number, number>();

  constructor(
    private readonly all: readonly string[],
    private readonly keeps: (value: string) => boolean,
  ) {}

  /** Undefined when the value is not kept. */
  number(old: number): number | undefined {
    const known = this.numbers.get(old);
    const value = this.all[old];
    if (known !== undefined || value === undefined || !this.keeps(value)) return known;
    this.numbers.set(old, this.values.length);
    return this.values.push(value) - 1;
  }
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const DIGITS = new Uint8Array(128).map((_, code) => Math.max(0, BASE64.indexOf(String.fromCharCode(code))));
const COMMA = ",".charCodeAt(0);
const SEMICOLON = ";".charCodeAt(0);

function encode(lines: readonly (readonly Segment[])[]): string {
  const before = [0, 0, 0, 0, 0];
  const encoded = lines.map((segments) => {
    before[0] = 0;
    return segments.map((segment) =>
      segment
        .map((value, kind) => {
          const difference = value - (before[kind] ?? 0);
          before[kind] = value;
          return variableLength(difference);
        })
        .join(""),
    );
  });
  return encoded.map((segments) => segments.join(",")).join(";");
}

/** Base64 digits of five bits and a sign to continue; the lowest bit of the number is its sign. */
function variableLength(difference: number): string {
  let rest = difference < 0 ? (-difference << 1) | 1 : difference << 1;
  let text = "";
  do {
    text += BASE64.charAt((rest & 31) | (rest > 31 ? 32 : 0));
    rest >>>= 5;
  } while (rest > 0);
  return text;
}
