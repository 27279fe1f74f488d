import { AwsError } from "../awsError";
import type { RestOperation, RestRequest, RestResponse } from "../endpoint/endpoint";
import type { Permission } from "../iam/access";
import { isFields, OperationInput } from "../operationInput";
import { randomUuid } from "../randomUuid";
import type { Cloud, Resource } from "../resource";
import type { LocalService } from "../service";
import type { Inbox, Letter } from "../sns/inbox";
import { bareAddress, identityOf } from "./address";
import { readEmail, type Email } from "./email";
import { badRequest, notFound, notVerified, sesRefusals } from "./sesError";
import { identityArn, sesKinds } from "./sesKinds";

/** What the stand-in for SES needs. */
export interface SesServiceOptions {
  readonly cloud: Cloud;
  readonly inbox: Inbox;
  /** Numbers from 0 up to 1, for ids; absent for true randomness. */
  readonly random?: () => number;
}

/**
 * SES: takes mails whose sender the program declared, and puts them into the inbox. Identities are verified as soon as
 * they are declared, where AWS would ask their owner, and any recipient will do, as outside of the sandbox of AWS.
 */
export class SesService implements LocalService {
  readonly name = "ses";
  readonly kinds = sesKinds;
  /** Empty: SES is called by path, see restOperations. */
  readonly targetPrefixes = [];
  readonly operations = {};
  readonly restOperations: readonly RestOperation[];
  /** Identities by name, each with its default configuration set. */
  private readonly identities = new Map<string, string | undefined>();
  /** Whether each configuration set may send. */
  private readonly configurationSets = new Map<string, boolean>();

  constructor(private readonly options: SesServiceOptions) {
    this.restOperations = [
      {
        action: "ses:SendEmail",
        method: "POST",
        path: /^\/v2\/email\/outbound-emails$/,
        permissionsOf: (request) => this.permissionsToSend(request),
        handle: (request) => this.sendEmail(request),
      },
    ];
  }

  async realise({ type, name, inputs }: Resource): Promise<void> {
    try {
      if (type === "aws:sesv2/emailIdentity:EmailIdentity") this.addIdentity(inputs);
      else if (type === "aws:sesv2/configurationSet:ConfigurationSet") this.addConfigurationSet(inputs);
      else throw new Error(`SES has no stand-in for ${type}.`);
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
    }
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  private addIdentity(inputs: Resource["inputs"]): void {
    const identity = String(inputs["emailIdentity"]);
    // A domain is what may follow the @ of an address.
    bareAddress(identity.includes("@") ? identity : `postmaster@${identity}`);
    const configurationSet = inputs["configurationSetName"];
    if (typeof configurationSet === "string") this.isEnabled(configurationSet);
    this.identities.set(identity, typeof configurationSet === "string" ? configurationSet : undefined);
  }

  private addConfigurationSet(inputs: Resource["inputs"]): void {
    const name = String(inputs["configurationSetName"]);
    if (!/^[\w-]{1,64}$/.test(name)) throw badRequest(`Invalid configuration set name <${name}>.`);
    const { sendingOptions } = inputs;
    this.configurationSets.set(name, !(isFields(sendingOptions) && sendingOptions["sendingEnabled"] === false));
  }

  /** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html */
  private permissionsToSend({ body }: RestRequest): readonly Permission[] {
    const { FromEmailAddress, ConfigurationSetName } = parse(body);
    const { cloud } = this.options;
    const address =
      typeof FromEmailAddress === "string" ? (/<([^<>]+)>\s*$/.exec(FromEmailAddress)?.[1] ?? FromEmailAddress) : "";
    const identity = identityOf(address, [...this.identities.keys()]) ?? address;
    const needed = [{ action: "ses:SendEmail", resource: identityArn(cloud, identity) }];
    if (typeof ConfigurationSetName !== "string") return needed;
    const { region, accountId } = cloud;
    const set = `arn:aws:ses:${region}:${accountId}:configuration-set/${ConfigurationSetName}`;
    return [...needed, { action: "ses:SendEmail", resource: set }];
  }

  private async sendEmail({ body }: RestRequest): Promise<RestResponse> {
    const email = readEmail(new OperationInput(parse(body), sesRefusals));
    const identity = identityOf(email.fromAddress, [...this.identities.keys()]);
    const { cloud, inbox, random } = this.options;
    if (identity === undefined) throw notVerified(cloud.region, email.fromAddress);
    const configurationSet = email.configurationSet ?? this.identities.get(identity);
    if (configurationSet !== undefined && !this.isEnabled(configurationSet)) {
      throw new AwsError("SendingPausedException", `Sending is paused for configuration set <${configurationSet}>.`);
    }
    const messageId = randomUuid(random);
    inbox.receive(letterOf(email, { messageId, sourceArn: identityArn(cloud, identity) }), email.recipients);
    return { status: 200, body: { MessageId: messageId } };
  }

  /** @throws NotFoundException */
  private isEnabled(configurationSet: string): boolean {
    const enabled = this.configurationSets.get(configurationSet);
    if (enabled === undefined) throw notFound(`Configuration set <${configurationSet}> does not exist.`);
    return enabled;
  }
}

function letterOf(
  { from, to, cc, replyTo, subject, text, html, tags }: Email,
  ids: Pick<Letter, "messageId" | "sourceArn">,
): Letter {
  return {
    ...ids,
    addressees: { to, cc },
    from,
    replyTo,
    subject,
    body: text ?? "",
    ...(html === undefined ? {} : { html }),
    attributes: tags,
  };
}

function parse(body: Buffer): Readonly<Record<string, unknown>> {
  let document: unknown;
  try {
    document = JSON.parse(body.toString());
  } catch {
    document = undefined;
  }
  if (!isFields(document)) throw new AwsError("SerializationException", "The request body is not a JSON object.");
  return document;
}
