import { escapeXml } from "../endpoint/xml";

/** The namespace of S3's documents. */
export const S3_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** An element of a request: its text, and the elements in it. Attributes are not kept. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/**
 * Renders a document the way of REST-XML: an object becomes elements in its own order, an array repeats its
 * element, undefined is left out.
 */
export function renderXml(root: string, content: unknown, namespace?: string): string {
  const attributes = namespace === undefined ? "" : ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attributes}>${renderContent(content)}</${root}>`;
}

function renderContent(content: unknown): string {
  if (typeof content !== "object" || content === null) return escapeText(String(content));
  return Object.entries(content)
    .flatMap(([name, value]) => (Array.isArray(value) ? value.map((entry: unknown) => [name, entry]) : [[name, value]]))
    .map(([name, value]) => (value === undefined ? "" : `<${String(name)}>${renderContent(value)}</${String(name)}>`))
    .join("");
}

/** A carriage return that stands unescaped reaches the reader as a line feed (https://www.w3.org/TR/xml/#sec-line-ends). */
function escapeText(text: string): string {
  return escapeXml(text).replace(/\r/g, "&#13;");
}

const TOKEN = /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<(\/?)([\w:.-]+)(?:\s[^<>]*?)?(\/?)>|[^<]+/y;

/** Reads a document of elements and text. Undefined when it is not well-formed; a document type is refused. */
export function parseXml(document: string): XmlElement | undefined {
  const source = document.replace(/^\uFEFF/, "");
  const top: Open = { name: "", children: [], text: "" };
  const open: Open[] = [top];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (match === null || !take(match, open)) return undefined;
  }
  const [root, ...others] = top.children;
  return open.length === 1 && others.length === 0 && top.text.trim() === "" ? root : undefined;
}

interface Open {
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

function take([token, slash, name, selfClosing]: RegExpExecArray, open: Open[]): boolean {
  const innermost = open.at(-1);
  if (innermost === undefined) return false;
  if (name === undefined) {
    if (!token.startsWith("<")) innermost.text += unescape(token);
  } else if (slash === "/") {
    if (open.length === 1 || innermost.name !== localName(name)) return false;
    open.pop();
  } else {
    const element: Open = { name: localName(name), children: [], text: "" };
    innermost.children.push(element);
    if (selfClosing !== "/") open.push(element);
  }
  return true;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescape(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
}

/** The element of that name in an element, if there is one. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** The text of the element of that name in an element, if there is one. */
export function textOf(element: XmlElement, name: string): string | undefined {
  return childOf(element, name)?.text;
}
