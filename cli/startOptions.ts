import { parseArgs } from "node:util";

export interface StartOptions {
  readonly port: number;
  readonly endpointPort: number;
  readonly consolePort: number;
  readonly stack: string;
  readonly speed: number;
  readonly underLoad: boolean;
  readonly settings: readonly string[];
  readonly outputsFile: string;
  readonly json: boolean;
}

export const START_USAGE = `Usage: npm start -- [options]

Runs the pipeline on this machine, out of the Pulumi program itself.

  --port N            port of the API (default 3000; 0 = any free one)
  --endpoint-port N   port of the AWS endpoint (default 4566; 0 = any free one)
  --console-port N    port of the console, a page that shows the pipeline at work (default 3001; 0 = any free one)
  --stack NAME        which Pulumi.NAME.yaml (default dev)
  --set KEY=VALUE     a setting of the stack for this run; repeatable
  --ledger            keeps orders in PostgreSQL too, for reports (as --set ledger=true does)
  --speed N           how much faster the runtime's clock runs while everything waits (default 1)
  --under-load        for many thousand orders: begins more slowly, and takes more of them a second after that
  --outputs FILE      where the stack's outputs go (default .local/outputs.json)
  --json              one JSON document a line instead of text
  --help              this text`;

/** Reads the command line of `npm start`. Throws one error that names the option and what it takes. */
export function startOptions(args: readonly string[]): StartOptions | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "3000" },
      "endpoint-port": { type: "string", default: "4566" },
      "console-port": { type: "string", default: "3001" },
      stack: { type: "string", default: "dev" },
      set: { type: "string", multiple: true, default: [] },
      ledger: { type: "boolean", default: false },
      speed: { type: "string", default: "1" },
      "under-load": { type: "boolean", default: false },
      outputs: { type: "string", default: ".local/outputs.json" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  return {
    port: port("--port", values.port),
    endpointPort: port("--endpoint-port", values["endpoint-port"]),
    consolePort: port("--console-port", values["console-port"]),
    stack: values.stack,
    speed: speed(values.speed),
    underLoad: values["under-load"],
    settings: [...(values.ledger ? ["ledger=true"] : []), ...values.set],
    outputsFile: values.outputs,
    json: values.json,
  };
}

function port(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new Error(`${option} takes a port from 0 to 65535, not "${text}".`);
}

function speed(text: string): number {
  const value = Number(text);
  if (text !== "" && value >= 1 && value <= 1_000_000) return value;
  throw new Error(`--speed takes a number from 1 to 1000000, not "${text}".`);
}
