import { OperationInput } from "../operationInput";
import { bareAddress } from "./address";
import { badRequest, sesRefusals } from "./sesError";

/** A mail as SendEmail describes it, checked but for who sends it. */
export interface Email {
  readonly from: string;
  readonly fromAddress: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** Bare addresses of To, Cc and Bcc, each once. */
  readonly recipients: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string | undefined;
}

/** https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const MOST_RECIPIENTS = 50;
const MOST_TAGS = 50;

/**
 * Reads the request of SendEmail with a content of the kind Simple.
 *
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 * @throws BadRequestException, also for what has no stand-in
 */
export function readEmail(input: OperationInput): Email {
  input.only(
    "FromEmailAddress",
    "Destination",
    "ReplyToAddresses",
    "FeedbackForwardingEmailAddress",
    "Content",
    "EmailTags",
    "ConfigurationSetName",
  );
  const from = input.text("FromEmailAddress");
  const replyTo = input.texts("ReplyToAddresses");
  replyTo.forEach(bareAddress);
  return {
    from,
    fromAddress: bareAddress(from),
    ...readDestination(within(input, "Destination")),
    replyTo,
    ...readContent(within(input, "Content")),
    tags: readTags(input),
    configurationSet: input.optionalText("ConfigurationSetName"),
  };
}

function within(input: OperationInput, field: string): OperationInput {
  return new OperationInput(input.fieldsOf(field), sesRefusals);
}

function readDestination(input: OperationInput): Pick<Email, "to" | "cc" | "recipients"> {
  input.only("ToAddresses", "CcAddresses", "BccAddresses");
  const [to, cc, bcc] = [input.texts("ToAddresses"), input.texts("CcAddresses"), input.texts("BccAddresses")];
  const addresses = [...to, ...cc, ...bcc];
  if (addresses.length === 0) throw badRequest("Destination must name at least one recipient.");
  if (addresses.length > MOST_RECIPIENTS) throw badRequest(`Recipient count exceeds ${MOST_RECIPIENTS}.`);
  return { to, cc, recipients: [...new Set(addresses.map(bareAddress))] };
}

function readContent(content: OperationInput): Pick<Email, "subject" | "text" | "html"> {
  for (const kind of ["Raw", "Template"]) {
    if (content.has(kind)) throw badRequest(`The local runtime has no stand-in for Content.${kind}.`);
  }
  if (!content.only("Simple").has("Simple")) throw sesRefusals.missing("Content.Simple");
  const message = within(content, "Simple").only("Subject", "Body");
  if (!message.has("Subject")) throw sesRefusals.missing("Content.Simple.Subject");
  if (!message.has("Body")) throw sesRefusals.missing("Content.Simple.Body");
  const body = within(message, "Body").only("Text", "Html");
  if (!body.has("Text") && !body.has("Html")) throw sesRefusals.missing("Content.Simple.Body.Text");
  return {
    subject: readText(within(message, "Subject")),
    text: body.has("Text") ? readText(within(body, "Text")) : undefined,
    html: body.has("Html") ? readText(within(body, "Html")) : undefined,
  };
}

/** Without a character set, mail is 7-bit ASCII, and what does not fit arrives as question marks. */
function readText(content: OperationInput): string {
  const text = content.only("Data", "Charset").text("Data");
  const charset = content.optionalText("Charset");
  if (charset === undefined) return text.replace(/\P{ASCII}/gu, "?");
  try {
    new TextDecoder(charset);
  } catch {
    throw badRequest(`Unknown charset: ${charset}.`);
  }
  return text;
}

function readTags(input: OperationInput): Readonly<Record<string, string>> {
  const tags = input.structures("EmailTags").map((tag) => [tag.text("Name"), tag.only("Name", "Value").text("Value")]);
  if (tags.length > MOST_TAGS) throw badRequest(`More than ${MOST_TAGS} tags.`);
  for (const text of tags.flat()) {
    if (!/^[\w-]{1,256}$/.test(text)) {
      throw badRequest(`Invalid tag <${text}>: only alphanumeric ASCII characters, '_' and '-' are allowed.`);
    }
  }
  return Object.fromEntries(tags) as Readonly<Record<string, string>>;
}
