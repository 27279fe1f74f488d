/** Renders a response of the query protocol: an object becomes elements, an array becomes `member`s. */
export function toXml(value: unknown): string {
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
