import { FilterPatternError, type LineFilter } from "./filterPatternError";
import { parseJsonPattern } from "./jsonPattern";

/**
 * Reads a filter pattern of CloudWatch Logs.
 *
 * Supported: terms that must all occur (`ERROR order`), phrases in quotes, terms of which one must occur
 * (`?ERROR ?WARN`), terms that must not (`-DEBUG`), and JSON patterns (`{ $.level = "ERROR" }`). Terms are
 * case-sensitive. Space-delimited patterns (`[ip, user]`) and regular expressions (`%…%`) are refused.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws FilterPatternError
 */
export function parseFilterPattern(pattern: string): LineFilter {
  const text = pattern.trim();
  if (text === "") return () => true;
  if (text.startsWith("["))
    throw new FilterPatternError("Space-delimited filter patterns ([…]) are not supported here.");
  if (text.includes("%"))
    throw new FilterPatternError("Regular expressions (%…%) in filter patterns are not supported here.");
  if (text.startsWith("{")) return parseJsonPattern(text);
  return parseTerms(text);
}

interface Terms {
  readonly required: string[];
  readonly optional: string[];
  readonly excluded: string[];
}

const TERM = /([?-]?)(?:"((?:[^"\\]|\\.)*)"|([A-Za-z0-9_]+))(?:\s+|$)/y;

function parseTerms(text: string): LineFilter {
  const terms: Terms = { required: [], optional: [], excluded: [] };
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const position = TERM.lastIndex;
    const match = TERM.exec(text);
    if (match === null) {
      const rest = text.slice(position);
      throw new FilterPatternError(
        `Invalid filter pattern at "${rest}": a term with characters other than letters, digits and _ must be in quotes.`,
      );
    }
    const [, sign, phrase, word] = match;
    const term = word ?? (phrase ?? "").replace(/\\(.)/g, "$1");
    (sign === "?" ? terms.optional : sign === "-" ? terms.excluded : terms.required).push(term);
  }
  return filterOf(terms);
}

function filterOf({ required, optional, excluded }: Terms): LineFilter {
  // CloudWatch Logs would silently ignore the optional terms of such a pattern.
  if (optional.length > 0 && required.length + excluded.length > 0) {
    throw new FilterPatternError("Invalid filter pattern: ?terms cannot be combined with other terms.");
  }
  return (message) =>
    required.every((term) => message.includes(term)) &&
    !excluded.some((term) => message.includes(term)) &&
    (optional.length === 0 || optional.some((term) => message.includes(term)));
}
