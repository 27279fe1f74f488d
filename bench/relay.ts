import { LambdaClient, ListEventSourceMappingsCommand, UpdateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import type { Subject } from "./subject";

/** Writes to the orders' table of which nobody hears: the relay rests meanwhile, and goes on behind them. */
export async function unheard(subject: Subject, write: () => Promise<void>): Promise<void> {
  const client = new LambdaClient(subject.aws);
  const listed = await client.send(new ListEventSourceMappingsCommand({ FunctionName: subject.relayFunction }));
  const turn = async (Enabled: boolean): Promise<void> => {
    for (const { UUID } of listed.EventSourceMappings ?? []) {
      await client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    }
  };
  try {
    await turn(false);
    await write();
    await subject.skipChanges();
    await turn(true);
  } finally {
    client.destroy();
  }
}
