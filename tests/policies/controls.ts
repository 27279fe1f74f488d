/** A control of a framework that applies to a resource type of the program. */
export interface Control {
  /** As rules name it: `AwsSolutions-…` of cdk-nag, `FSBP-…` of AWS Foundational Security Best Practices. */
  readonly id: string;
  readonly need: string;
  /** Why no rule implements it; controls with rules have none. */
  readonly not?: string;
  /** What is left open by the rules that carry it. */
  readonly but?: string;
}

/** https://github.com/cdklabs/cdk-nag/blob/main/RULES.md, the pack AwsSolutions, for the types that the program has. */
export const AWS_SOLUTIONS: readonly Control[] = [
  { id: "AwsSolutions-APIG1", need: "access log of a stage" },
  { id: "AwsSolutions-APIG2", need: "request validation" },
  { id: "AwsSolutions-APIG3", need: "web ACL before a stage", but: "In production alone." },
  {
    ...{ id: "AwsSolutions-APIG4", need: "authorization on every method" },
    but: "An API key counts here, and not for cdk-nag.",
  },
  { id: "AwsSolutions-APIG6", need: "execution log of all methods" },
  { id: "AwsSolutions-COG4", need: "Cognito authorizer", not: "Callers are other services, not people: keys or IAM." },
  { id: "AwsSolutions-DDB3", need: "point-in-time recovery" },
  { id: "AwsSolutions-EC23", need: "no open ingress" },
  { id: "AwsSolutions-EC27", need: "described security groups" },
  { id: "AwsSolutions-EVB1", need: "closed bus policy" },
  { id: "AwsSolutions-IAM4", need: "no policies of AWS" },
  { id: "AwsSolutions-IAM5", need: "no wildcards" },
  { id: "AwsSolutions-KMS5", need: "key rotation" },
  { id: "AwsSolutions-L1", need: "latest runtime" },
  { id: "AwsSolutions-RDS2", need: "encrypted storage" },
  { id: "AwsSolutions-RDS6", need: "users by IAM" },
  { id: "AwsSolutions-RDS8", need: "no open ingress to a database" },
  { id: "AwsSolutions-RDS10", need: "deletion protection", but: "In production alone." },
  { id: "AwsSolutions-RDS11", need: "port of its own" },
  { id: "AwsSolutions-RDS13", need: "backups" },
  {
    ...{ id: "AwsSolutions-RDS14", need: "backtrack" },
    not: "Of Aurora MySQL alone; the database here is PostgreSQL.",
  },
  { id: "AwsSolutions-S1", need: "access log of a bucket" },
  { id: "AwsSolutions-S2", need: "no public access" },
  { id: "AwsSolutions-S10", need: "TLS only, bucket" },
  {
    ...{ id: "AwsSolutions-SF1", need: "log level ALL" },
    but: "ERROR will do: ALL can cost more than the executions, and the audit trail tells every order's way.",
  },
  { id: "AwsSolutions-SF2", need: "traces of a state machine" },
  {
    id: "AwsSolutions-SMG4",
    need: "rotation of a secret",
    but: "The one secret is RDS's own, which changes it weekly.",
  },
  { id: "AwsSolutions-SNS3", need: "TLS only, topic" },
  { id: "AwsSolutions-SQS2", need: "encrypted queue" },
  { id: "AwsSolutions-SQS3", need: "dead-letter queue" },
  { id: "AwsSolutions-SQS4", need: "TLS only, queue" },
  { id: "AwsSolutions-VPC3", need: "no network ACLs", not: "The program declares none." },
  {
    ...{ id: "AwsSolutions-VPC7", need: "flow logs" },
    not: "The network leads nowhere: no gateway, no NAT, and of AWS one endpoint to one table. Its only flows are to the database, which logs connections itself.",
  },
];

/** https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html, for the types that the program has. */
export const FSBP: readonly Control[] = [
  { id: "FSBP-APIGateway.1", need: "execution log" },
  {
    id: "FSBP-APIGateway.2",
    need: "client certificate",
    not: "It proves the gateway to HTTP backends; all backends here are functions.",
  },
  { id: "FSBP-APIGateway.3", need: "traces of a stage" },
  { id: "FSBP-APIGateway.4", need: "web ACL before a stage", but: "In production alone." },
  { id: "FSBP-APIGateway.5", need: "encrypted cache" },
  {
    id: "FSBP-APIGateway.11",
    need: "modern TLS",
    but: "Stricter: of the API's own address too, not only of domain names.",
  },
  { id: "FSBP-DynamoDB.1", need: "capacity by demand" },
  { id: "FSBP-DynamoDB.2", need: "point-in-time recovery" },
  { id: "FSBP-DynamoDB.6", need: "deletion protection", but: "In production alone." },
  { id: "FSBP-EC2.2", need: "empty default security group" },
  { id: "FSBP-EC2.6", need: "flow logs", not: "As AwsSolutions-VPC7." },
  { id: "FSBP-EC2.18", need: "ingress on allowed ports alone" },
  { id: "FSBP-EC2.19", need: "no open ingress on risky ports" },
  { id: "FSBP-EventBridge.3", need: "policy of a custom bus" },
  { id: "FSBP-IAM.1", need: "no full rights" },
  { id: "FSBP-IAM.21", need: "no wildcards of a service" },
  { id: "FSBP-KMS.1", need: "no decrypting with all keys, managed policies" },
  { id: "FSBP-KMS.2", need: "no decrypting with all keys, inline policies" },
  { id: "FSBP-KMS.3", need: "keys not deleted by mistake" },
  { id: "FSBP-KMS.5", need: "no public key" },
  { id: "FSBP-Lambda.1", need: "no public function" },
  { id: "FSBP-Lambda.2", need: "supported runtime" },
  {
    ...{ id: "FSBP-Lambda.5", need: "two zones in a VPC" },
    not: "The subnets come from awsx's Vpc, which the ledger's network asks for two zones; here it is one resource.",
  },
  { id: "FSBP-RDS.2", need: "private instance" },
  {
    ...{ id: "FSBP-RDS.6", need: "enhanced monitoring" },
    not: "It shows processes of the host; of a serverless database CloudWatch shows load and capacity, and it needs a role with a policy of AWS.",
  },
  { id: "FSBP-RDS.7", need: "deletion protection", but: "In production alone." },
  { id: "FSBP-RDS.12", need: "users by IAM" },
  { id: "FSBP-RDS.13", need: "minor upgrades, instance" },
  { id: "FSBP-RDS.15", need: "several zones", but: "In production alone." },
  { id: "FSBP-RDS.16", need: "tags on snapshots" },
  { id: "FSBP-RDS.24", need: "administrator of another name" },
  { id: "FSBP-RDS.27", need: "encrypted storage" },
  { id: "FSBP-RDS.35", need: "minor upgrades, cluster" },
  { id: "FSBP-RDS.37", need: "PostgreSQL's log in CloudWatch" },
  {
    ...{ id: "FSBP-RDS.46", need: "no instance in a subnet with a way to the internet" },
    not: "The network has no internet gateway at all.",
  },
  { id: "FSBP-RDS.50", need: "backups for a week" },
  { id: "FSBP-S3.1", need: "public access block" },
  { id: "FSBP-S3.2", need: "no public reading" },
  { id: "FSBP-S3.3", need: "no public writing" },
  { id: "FSBP-S3.5", need: "TLS only" },
  { id: "FSBP-S3.6", need: "no other accounts" },
  { id: "FSBP-S3.8", need: "public access block of the bucket" },
  { id: "FSBP-S3.9", need: "access log of a bucket" },
  { id: "FSBP-S3.12", need: "no access lists" },
  { id: "FSBP-S3.13", need: "lifecycle" },
  { id: "FSBP-SecretsManager.1", need: "rotation of a secret" },
  {
    id: "FSBP-SecretsManager.2",
    need: "rotation succeeds",
    not: "A state of the account, not of the program; RDS rotates its own secret.",
  },
  { id: "FSBP-SecretsManager.3", need: "no unused secrets", not: "A state of the account, not of the program." },
  { id: "FSBP-SecretsManager.4", need: "rotation within a time" },
  { id: "FSBP-SNS.4", need: "no public topic" },
  { id: "FSBP-SQS.1", need: "encrypted queue" },
  { id: "FSBP-SQS.3", need: "no public queue" },
  { id: "FSBP-StepFunctions.1", need: "log of a state machine" },
  { id: "FSBP-WAF.10", need: "web ACL with rules" },
  { id: "FSBP-WAF.12", need: "metrics of rules" },
];
