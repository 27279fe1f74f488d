import { SendEmailCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import type { MessageSender } from "../notifyCustomer";
import { PATIENT_CLIENT_SETTINGS } from "./clientSettings";

/**
 * Messages as mails to the customers themselves, from an address whose domain or address is verified with SES:
 * https://docs.aws.amazon.com/ses/latest/dg/verify-addresses-and-domains.html
 */
export function sesMessages(
  from: string,
  client: SESv2Client = new SESv2Client(PATIENT_CLIENT_SETTINGS),
): MessageSender {
  return {
    async send({ customerEmail, orderId, ending, subject, text }) {
      if (customerEmail === undefined) return "NOBODY";
      const mail = new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [customerEmail] },
        Content: {
          Simple: { Subject: { Data: subject }, Body: { Text: { Data: text, Charset: "UTF-8" } } },
        },
        EmailTags: [
          { Name: "orderId", Value: orderId },
          { Name: "ending", Value: ending },
        ],
      });
      await client.send(mail);
      return "SENT";
    },
  };
}
