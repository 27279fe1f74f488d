import assert from "node:assert/strict";
import {
  BadRequestException,
  GetAccountCommand,
  MessageRejected,
  NotFoundException,
  SendEmailCommand,
  SendingPausedException,
  SESv2Client,
  TooManyRequestsException,
  type SendEmailCommandInput,
} from "@aws-sdk/client-sesv2";
import { Clock } from "../../../local/clock";
import { Endpoint } from "../../../local/endpoint/endpoint";
import { CallFaults } from "../../../local/faults/callFaults";
import { Faults } from "../../../local/faults/faults";
import { Feed } from "../../../local/feed";
import { SesService } from "../../../local/ses/sesService";
import { Inbox } from "../../../local/sns/inbox";
import { ManualClock } from "../manualClock";
import { cloud, resource } from "../serviceFixture";

const Content = { Simple: { Subject: { Data: "Hi" }, Body: { Text: { Data: "Grüße", Charset: "UTF-8" } } } };

describe("the AWS SDK's client for SES", () => {
  const endpoint = new Endpoint();
  const faults = new Faults();
  let inbox: Inbox;
  let ses: SesService;
  let client: SESv2Client;

  before(async () => {
    const url = `http://127.0.0.1:${await endpoint.listen(0)}`;
    const credentials = { accessKeyId: "TESTER", secretAccessKey: "secret" };
    client = new SESv2Client({ endpoint: url, region: cloud.region, credentials, maxAttempts: 1 });
  });
  beforeEach(async () => {
    inbox = new Inbox({ clock: new ManualClock(), feed: new Feed() });
    ses = new SesService({ cloud, inbox });
    endpoint.open({
      services: [ses],
      forwarders: [],
      restOperations: ses.restOperations,
      roleOf: () => "arn:aws:iam::123456789012:role/writer",
      faults: new CallFaults({ faults, clock: new Clock(), killCaller: () => undefined }),
    });
    await realise("configurationSet:ConfigurationSet", { configurationSetName: "open" });
    const paused = { configurationSetName: "paused", sendingOptions: { sendingEnabled: false } };
    await realise("configurationSet:ConfigurationSet", paused);
    await realise("emailIdentity:EmailIdentity", { emailIdentity: "Shop@Example.com", configurationSetName: "open" });
    await realise("emailIdentity:EmailIdentity", { emailIdentity: "example.org", tags: {} });
  });
  afterEach(() => faults.clear());
  after(async () => {
    client.destroy();
    await endpoint.close();
  });

  const realise = (type: string, inputs: Record<string, unknown>): Promise<void> =>
    ses.realise(resource(ses, `aws:sesv2/${type}`, inputs));

  const send = (more: Partial<SendEmailCommandInput> = {}): Promise<any> =>
    client.send(
      new SendEmailCommand({
        FromEmailAddress: "Shop@example.com",
        Destination: { ToAddresses: ["a@example.com"] },
        Content,
        ...more,
      }),
    );

  it("puts a mail into the mailbox of each recipient", async () => {
    const Destination = {
      ToAddresses: ["Anna <a@example.com>"],
      CcAddresses: ["b@example.com"],
      BccAddresses: ["c@example.com", "a@example.com"],
    };
    const EmailTags = [{ Name: "orderId", Value: "o-1" }];
    const { MessageId } = await send({ Destination, EmailTags, ReplyToAddresses: ["r@example.com"] });
    assert.deepEqual(
      inbox.mails().map(({ to }) => to),
      ["a@example.com", "b@example.com", "c@example.com"],
    );
    const [mail] = inbox.mails("c@example.com");
    assert.deepEqual(mail, {
      id: mail?.id,
      timeMs: Date.UTC(2026, 0, 1),
      messageId: MessageId,
      sourceArn: "arn:aws:ses:eu-central-1:123456789012:identity/Shop@Example.com",
      to: "c@example.com",
      addressees: { to: ["Anna <a@example.com>"], cc: ["b@example.com"] },
      from: "Shop@example.com",
      replyTo: ["r@example.com"],
      subject: "Hi",
      body: "Grüße",
      attributes: { orderId: "o-1" },
    });
  });

  it("takes HTML, with or without a text", async () => {
    const Html = { Data: "<p>", Charset: "UTF-8" };
    await send({ Content: { Simple: { Subject: { Data: "Hi" }, Body: { Html } } } });
    assert.deepEqual(
      inbox.mails().map(({ body, html }) => [body, html]),
      [["", "<p>"]],
    );
  });

  it("lets a domain send for every address of it and below it", async () => {
    await send({ FromEmailAddress: "Shop <any@Example.org>" });
    await send({ FromEmailAddress: "any@mail.example.org" });
    assert.equal(inbox.mails()[0]?.sourceArn, "arn:aws:ses:eu-central-1:123456789012:identity/example.org");
    assert.equal(inbox.mails().length, 2);
  });

  it("rejects a sender that the program did not declare", async () => {
    for (const FromEmailAddress of ["other@example.com", "shop@example.com", "a@notexample.org", "a@org"]) {
      await assert.rejects(send({ FromEmailAddress }), (error) => {
        assert.ok(error instanceof MessageRejected);
        const checked =
          "Email address is not verified. The following identities failed the check in region EU-CENTRAL-1";
        assert.equal(error.message, `${checked}: ${FromEmailAddress}`);
        return true;
      });
    }
    assert.deepEqual(inbox.mails(), []);
  });

  it("sends ASCII alone when it is told no character set", async () => {
    await send({ Content: { Simple: { Subject: { Data: "Grüße 🧀" }, Body: { Text: { Data: "x" } } } } });
    assert.equal(inbox.mails()[0]?.subject, "Gr??e ?");
  });

  it("refuses input that is missing, wrong or without a stand-in", async () => {
    const refuses = (more: object, message: RegExp): Promise<void> =>
      assert.rejects(send(more), (error) => {
        assert.ok(error instanceof BadRequestException, String(error));
        assert.match(error.message, message);
        return true;
      });
    await refuses({ FromEmailAddress: undefined }, /FromEmailAddress/);
    await refuses({ FromEmailAddress: "shop" }, /Missing final '@domain'/);
    await refuses({ Destination: { ToAddresses: [] } }, /at least one recipient/);
    await refuses({ Destination: { ToAddresses: Array.from({ length: 51 }, (_, n) => `a${n}@b.c`) } }, /exceeds 50/);
    await refuses({ Destination: { ToAddresses: ["a@b_!"] } }, /illegal character/);
    await refuses({ Content: {} }, /Content\.Simple/);
    await refuses({ Content: { Raw: { Data: new Uint8Array() } } }, /no stand-in for Content\.Raw/);
    await refuses({ Content: { Template: { TemplateName: "t" } } }, /no stand-in for Content\.Template/);
    await refuses({ Content: { Simple: { Subject: { Data: "x" }, Body: {} } } }, /Body\.Text/);
    await refuses({ EmailTags: [{ Name: "a b", Value: "x" }] }, /Invalid tag <a b>/);
    await refuses({ TenantName: "t" }, /does not know the parameter TenantName/);
    await assert.rejects(send({ ConfigurationSetName: "none" }), NotFoundException);
    await assert.rejects(send({ ConfigurationSetName: "paused" }), SendingPausedException);
  });

  it("names the operation that there is none of", async () => {
    await assert.rejects(client.send(new GetAccountCommand({})), /ses has no operation GET \/v2\/email\/account here/);
  });

  it("is throttled when calls are made to go wrong", async () => {
    faults.set({ seed: 1, rates: { throttle: 1 } });
    await assert.rejects(send(), TooManyRequestsException);
  });

  it("verifies an identity as soon as it is declared", () => {
    const address = resource(ses, "aws:sesv2/emailIdentity:EmailIdentity", { emailIdentity: "a@b.c" }).outputs;
    assert.deepEqual([address["identityType"], address["verifiedForSendingStatus"]], ["EMAIL_ADDRESS", true]);
    const domain = resource(ses, "aws:sesv2/emailIdentity:EmailIdentity", { emailIdentity: "b.c" }).outputs;
    assert.deepEqual([domain["identityType"], domain["id"]], ["DOMAIN", "b.c"]);
  });

  it("refuses an identity that is no address and no domain, or whose configuration set does not exist", async () => {
    await assert.rejects(
      realise("emailIdentity:EmailIdentity", { emailIdentity: "no domain" }),
      /thing: Domain contains/,
    );
    const lost = { emailIdentity: "a@b.c", configurationSetName: "none" };
    await assert.rejects(realise("emailIdentity:EmailIdentity", lost), /<none> does not exist/);
  });
});
