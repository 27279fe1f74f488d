import { invalidEventPattern } from "./eventBridgeError";

/**
 * Reads a wildcard of an event pattern: `*` stands for any text, `\*` and `\\` for the characters themselves.
 * Two `*` in a row and other escapes are refused, as by EventBridge.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-wildcard-matching
 * @throws InvalidEventPatternException
 */
export function parseWildcard(text: string): (value: string) => boolean {
  const parts = partsOf(text);
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return (value) => value === first;
  return (value) => {
    if (!value.startsWith(first)) return false;
    // Taking each part as early as possible leaves the most room for those that follow.
    let position = first.length;
    for (const part of rest) {
      const found = value.indexOf(part, position);
      if (found < 0) return false;
      position = found + part.length;
    }
    return value.length - last.length >= position && value.endsWith(last);
  };
}

function partsOf(text: string): string[] {
  const parts = [""];
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? "";
    if (character === "*") {
      if (text[i + 1] === "*") throw invalidEventPattern(`Consecutive wildcard characters at pos ${i}`);
      parts.push("");
      continue;
    }
    const escaped = character === "\\";
    const literal = escaped ? text[++i] : character;
    if (literal === undefined || (escaped && literal !== "*" && literal !== "\\")) {
      throw invalidEventPattern(`Invalid escape character at pos ${i}`);
    }
    parts[parts.length - 1] += literal;
  }
  return parts;
}
