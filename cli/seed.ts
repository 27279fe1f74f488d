import { parseArgs } from "node:util";
import { seedInventory } from "./seedInventory";
import { spreadStock } from "./spreadStock";
import { readOutputs } from "./stackOutputs";

/**
 * `npm run seed`: fills the inventory of a stack; products that are there stay as they are. With `--spread` their stock is
 * spread over the stack's shards first.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      outputs: { type: "string", default: ".local/outputs.json" },
      spread: { type: "boolean", default: false },
    },
  });
  const outputs = readOutputs(values.outputs);
  if (values.spread) {
    const { stockShards = 1 } = outputs;
    const moved = await spreadStock(outputs, stockShards);
    console.log(`${outputs.inventoryTable}: the stock of ${moved} products was spread over ${stockShards} shards.`);
  }
  const { added, kept } = await seedInventory(outputs);
  console.log(`${outputs.inventoryTable}: ${added} products added, ${kept} kept as they were.`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
