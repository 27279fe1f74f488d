import { setTimeout as wait } from "node:timers/promises";
import { ExecuteStatementCommand, RDSDataClient } from "@aws-sdk/client-rds-data";
import type { DatabaseAdministrator } from "../prepareLedger";

export interface AdministratorAddress {
  readonly clusterArn: string;
  /** The secret in which RDS keeps the password of the cluster's first user. */
  readonly secretArn: string;
  readonly database: string;
}

/** A database that paused refuses statements until it has woken, within about 15 seconds. */
const TRIES = 12;
const PAUSE_MS = 3_000;

/**
 * The cluster's first user, through RDS's Data API: a call of AWS, for which nobody must be in the database's network,
 * or read its password (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html).
 */
export function dataApiAdministrator(
  { clusterArn: resourceArn, secretArn, database }: AdministratorAddress,
  client: Pick<RDSDataClient, "send"> = new RDSDataClient(CLIENT_SETTINGS),
  pause: (ms: number) => Promise<unknown> = wait,
): DatabaseAdministrator {
  return {
    async execute(statement) {
      for (let tried = 1; ; tried++) {
        try {
          await client.send(new ExecuteStatementCommand({ resourceArn, secretArn, database, sql: statement }));
          return;
        } catch (error) {
          if ((error as Error).name !== "DatabaseResumingException" || tried === TRIES) throw error;
          await pause(PAUSE_MS);
        }
      }
    },
  };
}

/** No limit of our own: a statement may take the Data API's 45 seconds. */
const CLIENT_SETTINGS = { maxAttempts: 5, retryMode: "standard" } as const;
