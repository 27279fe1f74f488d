import type { StackOutputs } from "./stackOutputs";

// The SDK tells every process that Node 20 goes out of its support in 2027; whoever runs a command here cannot act on it.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** What an AWS client needs to reach a stack. */
export interface AwsConnection {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The endpoint of this machine's pipeline, or AWS with the caller's own credentials; the region is the stack's. */
export function awsConnection(outputs: Pick<StackOutputs, "stateMachineArn" | "awsEndpoint">): AwsConnection {
  const region = outputs.stateMachineArn.split(":")[3] ?? "";
  if (outputs.awsEndpoint === undefined) return { region };
  // Nobody checks these: an operator on this machine may do everything.
  const credentials = { accessKeyId: "operator", secretAccessKey: "operator" };
  return { region, endpoint: outputs.awsEndpoint, credentials };
}
