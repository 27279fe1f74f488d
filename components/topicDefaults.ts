import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "./physicalName";

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const TOPIC_NAME_MAX = 256;

/** A topic that is encrypted, and that takes messages over TLS only and from the account alone. */
export function topic(
  name: string,
  { topicName, displayName }: { readonly topicName: string; readonly displayName: string },
  opts: pulumi.CustomResourceOptions,
): aws.sns.Topic {
  const made = new aws.sns.Topic(
    name,
    { name: physicalName(topicName, TOPIC_NAME_MAX), displayName, kmsMasterKeyId: "alias/aws/sns" },
    opts,
  );
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OverTlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: made.arn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
  new aws.sns.TopicPolicy(`${name}-policy`, { arn: made.arn, policy }, opts);
  return made;
}
