/** A value in DynamoDB's own notation, for example `{ S: "text" }`. */
export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;

/** Bytes of an item, by which it is billed: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((bytes, [name, value]) => bytes + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes(value: AttributeValue): number {
  const [[type, content] = ["NULL", true]] = Object.entries(value);
  switch (type) {
    case "S":
      return Buffer.byteLength(String(content));
    case "N":
      return numberBytes(String(content));
    case "B":
      return Buffer.byteLength(String(content), "base64");
    case "SS":
      return sum(content as string[], (text) => Buffer.byteLength(text));
    case "NS":
      return sum(content as string[], numberBytes);
    case "BS":
      return sum(content as string[], (text) => Buffer.byteLength(text, "base64"));
    case "L":
      return COLLECTION_BYTES + sum(content as AttributeValue[], (element) => 1 + valueBytes(element));
    case "M":
      return COLLECTION_BYTES + Object.keys(content as Item).length + itemBytes(content as Item);
    default:
      return 1;
  }
}

/** A list or a map, beside a byte for each of its elements. */
const COLLECTION_BYTES = 3;

/** A byte for two significant digits, and one more; one for the sign. */
function numberBytes(text: string): number {
  const digits = text
    .replace(/^-/, "")
    .replace(/[eE].*$/, "")
    .replace(".", "")
    .replace(/^0+|0+$/g, "");
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith("-") ? 1 : 0);
}

function sum<T>(values: readonly T[], bytesOf: (value: T) => number): number {
  return values.reduce((bytes, value) => bytes + bytesOf(value), 0);
}
