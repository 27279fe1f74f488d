import { isFields } from "../operationInput";
import { FILTER_SCOPES, parseFilterPolicy, type Filter, type FilterScope } from "./filterPolicy";
import { PROTOCOLS, type Protocol } from "./message";
import { invalidParameter } from "./snsError";

/** Who wants the messages of a topic, as Subscribe and the resource give it. */
export interface SubscriptionRequest {
  readonly protocol: string;
  readonly endpoint: string;
  /** FilterPolicy, FilterPolicyScope, RawMessageDelivery, RedrivePolicy. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A subscription, confirmed. */
export interface Subscription extends SubscriptionRequest {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  readonly wants: Filter;
  readonly raw: boolean;
  readonly deadLetterArn: string | undefined;
}

/** What the API and the resource call each attribute that has a stand-in. */
export const ATTRIBUTE_OF_INPUT: Readonly<Record<string, string>> = {
  filterPolicy: "FilterPolicy",
  filterPolicyScope: "FilterPolicyScope",
  rawMessageDelivery: "RawMessageDelivery",
  redrivePolicy: "RedrivePolicy",
};

/** Protocols of SNS that nothing on this machine stands in for. */
const OTHER_PROTOCOLS = ["http", "https", "sms", "application", "firehose"];

/**
 * Reads a subscription.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 * @throws InvalidParameter
 */
export function readSubscription(request: SubscriptionRequest): Omit<Subscription, "arn" | "topicArn"> {
  const { endpoint, attributes } = request;
  const protocol = readProtocol(request.protocol);
  checkEndpoint(protocol, endpoint);
  const known = Object.values(ATTRIBUTE_OF_INPUT);
  const unknown = Object.keys(attributes).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw invalidParameter(`Attributes Reason: the local runtime does not know the attribute ${unknown}`);
  }
  const policy = attributes["FilterPolicy"];
  const scope = readScope(attributes["FilterPolicyScope"]);
  return {
    protocol,
    endpoint,
    attributes,
    wants: policy === undefined ? () => true : parseFilterPolicy(policy, scope),
    raw: readRaw(protocol, attributes["RawMessageDelivery"]),
    deadLetterArn: readRedrivePolicy(attributes["RedrivePolicy"]),
  };
}

function readProtocol(text: string): Protocol {
  const protocol = PROTOCOLS.find((known) => known === text);
  if (protocol !== undefined) return protocol;
  throw invalidParameter(
    OTHER_PROTOCOLS.includes(text)
      ? `Protocol Reason: the local runtime has no stand-in for the protocol ${text}`
      : `Amazon SNS does not support this protocol string: ${text}`,
  );
}

function checkEndpoint(protocol: Protocol, endpoint: string): void {
  switch (protocol) {
    case "sqs":
      if (!/^arn:[^:]+:sqs:[^:]+:\d{12}:[^:]+$/.test(endpoint)) throw invalidParameter("SQS endpoint ARN");
      if (endpoint.endsWith(".fifo")) {
        throw invalidParameter("Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
      }
      return;
    case "lambda":
      if (!/^arn:[^:]+:lambda:[^:]+:\d{12}:function:/.test(endpoint)) throw invalidParameter("Lambda endpoint ARN");
      return;
    case "email":
    case "email-json":
      if (!/^[^@\s]+@[^@\s]+$/.test(endpoint)) throw invalidParameter("Email address");
  }
}

function readScope(text: string = FILTER_SCOPES[0]): FilterScope {
  const scope = FILTER_SCOPES.find((known) => known === text);
  if (scope !== undefined) return scope;
  const choice = "Please use either MessageBody or MessageAttributes";
  throw invalidParameter(`Attributes Reason: FilterPolicyScope: Invalid value [${text}]. ${choice}`);
}

function readRaw(protocol: Protocol, text = "false"): boolean {
  if (!/^(true|false)$/i.test(text)) {
    throw invalidParameter(`Attributes Reason: RawMessageDelivery: Invalid value [${text}]. Must be true or false.`);
  }
  const raw = text.toLowerCase() === "true";
  if (raw && protocol !== "sqs") {
    throw invalidParameter(`Attributes Reason: Delivery protocol [${protocol}] does not support raw message delivery.`);
  }
  return raw;
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html */
function readRedrivePolicy(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch (error) {
    throw invalidParameter(`Attributes Reason: RedrivePolicy: failed to parse JSON. ${(error as Error).message}`);
  }
  const arn = isFields(policy) ? policy["deadLetterTargetArn"] : undefined;
  if (typeof arn !== "string" || !/^arn:[^:]+:sqs:[^:]+:\d{12}:(?!.*\.fifo$)[^:]+$/.test(arn)) {
    throw invalidParameter("Attributes Reason: RedrivePolicy: deadLetterTargetArn is an invalid arn");
  }
  return arn;
}
