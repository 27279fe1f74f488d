/** A map of texts in an answer, which the query protocol renders otherwise than a structure. */
export class XmlMap {
  constructor(readonly fields: Readonly<Record<string, string>>) {}
}

/** Renders a response of the query protocol: an object becomes elements, an array `member`s, a map `entry` elements. */
export function toXml(value: unknown): string {
  if (value instanceof XmlMap) {
    return Object.entries(value.fields)
      .map(([key, text]) => `<entry><key>${escapeXml(key)}</key><value>${escapeXml(text)}</value></entry>`)
      .join("");
  }
  if (Array.isArray(value)) return value.map((entry) => `<member>${toXml(entry)}</member>`).join("");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => `<${key}>${toXml(field)}</${key}>`)
      .join("");
  }
  return escapeXml(String(value));
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
