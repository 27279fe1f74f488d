import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import { physicalName } from "./physicalName";

/** Settings of an {@link AlarmTopic}. */
export interface AlarmTopicArgs {
  /**
   * The address that gets every mail of an alarm; it must confirm the subscription by the mail that AWS sends it.
   *
   * @default nobody is subscribed
   */
  readonly email?: string | undefined;
}

/**
 * Where alarms are told: a topic that the alarms of this account alone publish to, over TLS. It is encrypted with a key
 * of its own, because the key that AWS manages for SNS lets no alarm in
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services).
 */
export class AlarmTopic extends Component {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, { email }: AlarmTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("AlarmTopic", name, opts);
    const key = this.key(name);
    const topic = new aws.sns.Topic(
      `${name}-topic`,
      { name: physicalName("alarms", TOPIC_NAME_MAX), displayName: "Orderflow alarms", kmsMasterKeyId: key.arn },
      { parent: this },
    );
    const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: topic.arn.apply(admitted) });
    new aws.sns.TopicPolicy(`${name}-topic-policy`, { arn: topic.arn, policy }, { parent: this });
    if (email !== undefined) {
      new aws.sns.TopicSubscription(
        `${name}-subscriber`,
        { topic: topic.arn, protocol: "email", endpoint: email },
        { parent: this },
      );
    }
    this.arn = topic.arn;
    this.registerOutputs({ arn: this.arn });
  }

  private key(name: string): aws.kms.Key {
    const key = new aws.kms.Key(
      `${name}-key`,
      { description: "Encrypts what alarms say", enableKeyRotation: true, deletionWindowInDays: DELETION_WINDOW_DAYS },
      { parent: this },
    );
    new aws.kms.Alias(
      `${name}-key-alias`,
      { name: `alias/${physicalName("alarms", ALIAS_NAME_MAX)}`, targetKeyId: key.keyId },
      { parent: this },
    );
    const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: key.arn.apply(keyUsers) });
    new aws.kms.KeyPolicy(`${name}-key-policy`, { keyId: key.keyId, policy }, { parent: this });
    return key;
  }
}

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const TOPIC_NAME_MAX = 256;
/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html, less the prefix. */
const ALIAS_NAME_MAX = 250;
/** The longest; a key that is gone takes nothing with it but mails under way. */
const DELETION_WINDOW_DAYS = 30;

/** The account, whose roles decide among themselves, and the alarms of the account. */
function keyUsers(keyArn: string): readonly object[] {
  const { partition, account } = partsOf(keyArn);
  return [
    {
      Sid: "AccountDecides",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "AlarmsEncrypt",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
  ];
}

/** A policy of one's own replaces the one that lets the account use its topic, so that is said again. */
function admitted(topicArn: string): readonly object[] {
  const { partition, region, account } = partsOf(topicArn);
  return [
    {
      Sid: "OverTlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "AccountManages",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: ["sns:GetTopicAttributes", "sns:SetTopicAttributes", "sns:Subscribe", "sns:ListSubscriptionsByTopic"],
      Resource: topicArn,
    },
    {
      Sid: "AlarmsPublish",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
      },
    },
  ];
}

function partsOf(arn: string): { readonly partition: string; readonly region: string; readonly account: string } {
  const [, partition = "", , region = "", account = ""] = arn.split(":");
  return { partition, region, account };
}
