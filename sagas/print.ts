import { parseArgs } from "node:util";
import { toAsl } from "./builder/asl";
import { toMermaid } from "./builder/mermaid";
import { placeOrder } from "./placeOrder";

const USAGE = `Usage: npm run saga -- [--asl | --mermaid]

Prints the saga that places an order: as Amazon States Language, where \${Name} stands for the ARN of the function of
that name, and as a Mermaid state diagram.

  --asl       only the Amazon States Language, as JSON
  --mermaid   only the diagram
  --help      this text`;

/** The saga as the two texts that `npm run saga` prints. */
export function sagaTexts(): { readonly asl: string; readonly mermaid: string } {
  const document = toAsl(placeOrder, (name) => `\${${name}}`);
  return { asl: `${JSON.stringify(document, null, 2)}\n`, mermaid: toMermaid(document) };
}

/** What a command line asks for. Throws an error that says what it takes. */
export function printedSaga(args: readonly string[]): string {
  const { values } = parseArgs({
    args: [...args],
    options: { asl: { type: "boolean" }, mermaid: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help === true) return `${USAGE}\n`;
  const { asl, mermaid } = sagaTexts();
  if (values.asl === values.mermaid) return `${asl}\n${mermaid}`;
  return values.asl === true ? asl : mermaid;
}

if (require.main === module) {
  try {
    process.stdout.write(printedSaga(process.argv.slice(2)));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}
