import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EVENT_SOURCE, EVENT_TYPES } from "../contracts/events";
import { EVENT_SCHEMAS, type OrderEventType } from "../contracts/eventSchemas";

/** Where the schemas of the events lie. */
export const EVENT_DOCS_FOLDER = join(__dirname, "../docs/events");

/** The files of the folder by name: a JSON Schema for each type of event, and a page that lists them. */
export function eventDocs(): ReadonlyMap<string, string> {
  const schemas = EVENT_TYPES.map((type): [string, string] => [
    `${type}.json`,
    `${JSON.stringify(eventSchema(type), null, 2)}\n`,
  ]);
  return new Map([...schemas, ["README.md", page()]]);
}

/**
 * JSON Schema (draft 2020-12) of an event as a rule delivers it, in EventBridge's envelope:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
 */
function eventSchema(type: OrderEventType): object {
  const text = { type: "string" };
  const envelope = {
    version: { const: "0" },
    id: { ...text, description: "Of this publication: a copy of the event may have another. Drop copies by eventId." },
    source: { const: EVENT_SOURCE },
    "detail-type": { const: type },
    account: text,
    region: text,
    time: { ...text, format: "date-time", description: "When it was published." },
    resources: { type: "array", items: text },
    detail: plain(EVENT_SCHEMAS[type]),
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:orderflow:event:${type}`,
    title: type,
    description: EVENT_SCHEMAS[type].description,
    type: "object",
    required: ["id", "source", "detail-type", "time", "detail"],
    properties: envelope,
  };
}

/** Without what TypeBox keeps for itself. */
function plain(schema: object): unknown {
  return JSON.parse(JSON.stringify(schema));
}

function page(): string {
  const rows = EVENT_TYPES.map((type) => {
    const { description = "", properties, required = [] } = EVENT_SCHEMAS[type] as unknown as Documented;
    const own = Object.keys(properties).filter((name) => !(name in COMMON));
    const fields = own.map((name) => (required.includes(name) ? `\`${name}\`` : `\`${name}\`?`));
    return `| [${type}](${type}.json) | ${description} | ${fields.join(", ")} |`;
  });
  const common = Object.entries(COMMON).map(([name, { description = "" }]) => `| \`${name}\` | ${description} |`);
  return `${[
    "# Events",
    "",
    `Source \`${EVENT_SOURCE}\`. Each event comes at least once and in no order; copies have the same \`eventId\`. Fields are`,
    "only ever added. [How to consume them](../consumers.md).",
    "",
    "| event | what happened | its own fields |",
    "| --- | --- | --- |",
    ...rows,
    "",
    "Every `detail` has:",
    "",
    "| field | |",
    "| --- | --- |",
    ...common,
    "",
    "Made by `npm run events`; do not edit.",
  ].join("\n")}\n`;
}

interface Documented {
  readonly description?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

const COMMON = Object.fromEntries(
  ["eventId", "orderId", "tenantId", "userId", "occurredAt", "correlationId"].map((name) => [
    name,
    EVENT_SCHEMAS.InventoryReserved.properties[name as "eventId"] as { readonly description?: string },
  ]),
);

/** `npm run events`: writes the folder anew. */
function main(): void {
  mkdirSync(EVENT_DOCS_FOLDER, { recursive: true });
  const docs = eventDocs();
  for (const name of readdirSync(EVENT_DOCS_FOLDER)) if (!docs.has(name)) rmSync(join(EVENT_DOCS_FOLDER, name));
  for (const [name, text] of docs) writeFileSync(join(EVENT_DOCS_FOLDER, name), text);
  console.log(`Wrote ${docs.size} files to docs/events.`);
}

if (require.main === module) main();
