import { parseArgs } from "node:util";
import { seedInventory } from "./seedInventory";
import { readOutputs } from "./stackOutputs";

/** `npm run seed`: fills the inventory of a stack; products that are there stay as they are. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { outputs: { type: "string", default: ".local/outputs.json" } } });
  const outputs = readOutputs(values.outputs);
  const { added, kept } = await seedInventory(outputs);
  console.log(`${outputs.inventoryTable}: ${added} products added, ${kept} kept as they were.`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
