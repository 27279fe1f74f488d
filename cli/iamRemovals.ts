import { removals, removedLine, sumLine, TABLE_HEAD } from "./iam/removals";
import { Stage } from "./iam/stage";

/**
 * `npm run iam:removals`: takes every permission of every role away, one at a time, from a running pipeline, and shows
 * that something then is denied. Prints a table in Markdown and its sum; exits with 1 when a removal was not noticed.
 */
async function main(): Promise<void> {
  const stage = await Stage.open();
  try {
    console.log(TABLE_HEAD);
    const all = await removals(stage, (removed) => console.log(removedLine(removed)));
    console.log(`\n${sumLine(all)}`);
    if (all.some(({ found }) => !found)) process.exitCode = 1;
  } finally {
    await stage.close();
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
