import { parseJsonPath } from "./jsonPath";

/** What a template may name beside the paths of its own. */
export interface TransformerContext {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** ISO 8601. */
  readonly ingestionTime: string;
}

export type Transform = (event: object, context: TransformerContext) => string;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html#eb-transform-input-predefined */
const PREDEFINED: Readonly<Record<string, (event: object, context: TransformerContext) => unknown>> = {
  "aws.events.rule-arn": (_event, { ruleArn }) => ruleArn,
  "aws.events.rule-name": (_event, { ruleName }) => ruleName,
  "aws.events.event.ingestion-time": (_event, { ingestionTime }) => ingestionTime,
  "aws.events.event": (event) => Object.fromEntries(Object.entries(event).filter(([name]) => name !== "detail")),
  "aws.events.event.json": (event) => event,
};
const MOST_PATHS = 100;
const MOST_CHARACTERS = 8192;

/**
 * Reads an input transformer. `<name>` in the template becomes the value at the path of that name: as JSON
 * where it stands alone, as text within quotes. A value that the event lacks becomes the empty text.
 *
 * @throws Error that names the path or placeholder which is wrong
 */
export function parseInputTransformer(paths: Readonly<Record<string, string>>, template: string): Transform {
  const names = Object.keys(paths);
  if (names.length > MOST_PATHS)
    throw new Error(`inputPaths must have at most ${MOST_PATHS} keys, not ${names.length}.`);
  const reserved = names.find((name) => /^aws/i.test(name));
  if (reserved !== undefined) throw new Error(`the key ${reserved} of inputPaths must not start with "AWS".`);
  if (template.length > MOST_CHARACTERS)
    throw new Error(`inputTemplate must have at most ${MOST_CHARACTERS} characters.`);
  const ofPaths = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, parseJsonPath(path)]));
  const values = { ...PREDEFINED, ...ofPaths };
  const pieces = piecesOf(template);
  for (const piece of pieces) {
    if (piece.placeholder && !Object.hasOwn(values, piece.text)) {
      throw new Error(`inputTemplate contains the placeholder <${piece.text}>, which inputPaths does not define.`);
    }
  }
  return (event, context) =>
    pieces
      .map(({ text, placeholder, quoted }) => {
        if (!placeholder) return text;
        const value = values[text]?.(event, context);
        return quoted ? withinQuotes(value) : JSON.stringify(value === undefined ? "" : value);
      })
      .join("");
}

interface Piece {
  readonly text: string;
  readonly placeholder: boolean;
  readonly quoted: boolean;
}

/** Splits a template at its placeholders; whether one is quoted follows from the quotes before it. */
function piecesOf(template: string): readonly Piece[] {
  let quoted = false;
  return template.split(/(<[\w.-]+>)/).map((text): Piece => {
    if (/^<[\w.-]+>$/.test(text)) return { text: text.slice(1, -1), placeholder: true, quoted };
    for (const _quote of text.replace(/\\./g, "").matchAll(/"/g)) quoted = !quoted;
    return { text, placeholder: false, quoted };
  });
}

function withinQuotes(value: unknown): string {
  if (value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}
