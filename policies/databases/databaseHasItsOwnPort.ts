import { numberAt } from "../fields";
import { CLUSTER } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** It spares the database and its log what comes looking for any PostgreSQL at all. */
export const databaseHasItsOwnPort: ResourceRule = {
  name: "database-has-its-own-port",
  what: "No database listens on the port that everybody tries first.",
  why: "It spares the database and its log what comes looking for any PostgreSQL at all.",
  fix: "Set port to another than the engine's own.",
  severity: "low",
  controls: ["AwsSolutions-RDS11"],
  types: [CLUSTER],
  problems: ({ props }) => {
    const port = numberAt(props, ["port"], DEFAULT_PORT);
    return [DEFAULT_PORT, 3306].includes(port) && `listens on ${port}.`;
  },
};

const DEFAULT_PORT = 5432;
