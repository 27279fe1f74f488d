import { mkdirSync, readFileSync, rmSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * The outputs of a stack as `pulumi stack output --json --show-secrets` prints them. For the pipeline
 * on this machine, `awsEndpoint` says where its AWS endpoint is.
 */
export interface StackOutputs {
  readonly apiUrl: string;
  /** API key by tenant; none where requests are signed. */
  readonly apiKeys: Readonly<Record<string, string>>;
  readonly ordersTable: string;
  readonly inventoryTable: string;
  /** Over how many items the stock of a product is spread; one where nothing is said. */
  readonly stockShards?: number;
  readonly paymentsTable: string;
  readonly receiptsBucket: string;
  readonly orderQueueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly eventBusName: string;
  readonly stateMachineArn: string;
  readonly awsEndpoint?: string;
  /** On this machine, where requests are signed: what each tenant signs with. */
  readonly tenantCredentials?: Readonly<Record<string, SigningCredentials>>;
  readonly [name: string]: unknown;
}

/** Temporary credentials of a role. */
export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export function writeOutputs(file: string, outputs: StackOutputs): void {
  mkdirSync(dirname(file), { recursive: true });
  // The file holds API keys or credentials.
  writeFileSync(file, `${JSON.stringify(outputs, null, 2)}\n`, { mode: 0o600 });
}

/** A file that outlives its pipeline would send the other commands to nobody. */
export function removeOutputs(file: string): void {
  rmSync(file, { force: true });
  try {
    rmdirSync(dirname(file));
  } catch {
    // The folder holds something else, and stays.
  }
}

/** Reads the outputs of a running pipeline, or of a deployed stack. Throws an error that says what to do. */
export function readOutputs(file: string): StackOutputs {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as StackOutputs;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new Error(
      missing
        ? `${file} does not exist. Start the pipeline (npm start), or name the outputs of a deployed stack: ` +
            "pulumi stack output --json --show-secrets > outputs.json, then --outputs outputs.json."
        : `${file} cannot be read: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** An output that every stack of this program has, by its name. Throws when these are not the outputs of one. */
export function requiredOutput(outputs: StackOutputs, name: string): string {
  const value = outputs[name];
  if (typeof value === "string") return value;
  throw new Error(`The outputs have no ${name}: they are of another program, or of an older one.`);
}
