import {
  EVENT_SOURCE_MAPPING,
  EVENT_TARGET,
  FUNCTION,
  FUNCTION_PERMISSION,
  LOG_GROUP,
  MANAGED_POLICY,
  QUEUE,
  ROLE,
  ROLE_POLICY,
  ROLE_POLICY_ATTACHMENT,
  TABLE,
} from "../../../policies/resourceTypes";
import { made, policy, type Making } from "../resources";
import { describeRule } from "../ruleCase";

const lambda = (inputs: object, making?: Making) => made(FUNCTION, { ...inputs }, making);
const other = made(TABLE, {}, { name: "other" });

describeRule("function-runs-a-supported-runtime", {
  keeps: [lambda({ runtime: "nodejs24.x" })],
  breaks: {
    "thing runs nodejs18.x.": [lambda({ runtime: "nodejs18.x" })],
    "thing runs no named runtime.": [lambda({})],
  },
  ignores: [made(TABLE, { runtime: "nodejs18.x" })],
});

describeRule("function-runs-on-arm", {
  keeps: [lambda({ architectures: ["arm64"] })],
  breaks: { "thing runs on x86_64.": [lambda({})] },
  ignores: [other],
});

const role = made(ROLE, {}, { name: "role" });
describeRule("function-has-its-own-role", {
  keeps: [
    role,
    made(ROLE, {}, { name: "second" }),
    lambda({ role: "arn:role" }, { from: { role: [role] } }),
    lambda({ role: "arn:second" }, { name: "neighbour" }),
  ],
  breaks: {
    "thing shares its role with neighbour.": [
      role,
      lambda({}, { from: { role: [role] } }),
      lambda({}, { name: "neighbour", from: { role: [role] } }),
    ],
    "neighbour shares its role with thing.": [
      lambda({ role: "arn:a" }),
      lambda({ role: "arn:a" }, { name: "neighbour" }),
    ],
  },
  ignores: [role, other],
});

const group = made(LOG_GROUP, { name: "/aws/lambda/thing" }, { name: "group" });
const toGroup = { from: { loggingConfig: [group] } };
describeRule("function-logs-to-its-own-group", {
  keeps: [
    group,
    lambda({ loggingConfig: { logGroup: "/aws/lambda/thing" } }, toGroup),
    made(LOG_GROUP, { name: "/aws/lambda/b" }),
    lambda({ name: "b" }, { name: "b" }),
  ],
  breaks: {
    "thing logs to no group of the stack.": [lambda({ loggingConfig: { logGroup: "/elsewhere" } })],
    "thing shares its log group with b.": [group, lambda({}, toGroup), lambda({}, { name: "b", ...toGroup })],
  },
  ignores: [group, other],
});

describeRule("function-is-traced", {
  keeps: [lambda({ tracingConfig: { mode: "Active" } })],
  breaks: { "thing is not traced.": [lambda({ tracingConfig: { mode: "PassThrough" } })] },
  ignores: [other],
});

describeRule("function-sets-its-timeout", {
  keeps: [lambda({ timeout: 30 })],
  breaks: {
    "thing leaves its timeout to Lambda.": [lambda({})],
    "thing may run for 900 seconds, over 300.": [lambda({ timeout: 900 })],
  },
  ignores: [other],
});

const variables = (values: object) => lambda({ environment: { variables: values } });
describeRule("function-keeps-no-secret-in-its-environment", {
  keeps: [
    variables({
      LEVEL: "INFO",
      PASSWORD_PARAMETER: "/shop/password",
      SECRET_ARN: "arn:aws:secretsmanager:x:1:secret:y",
    }),
    lambda({}, { name: "without" }),
  ],
  breaks: {
    "thing keeps a secret in the variable DB_PASSWORD.": [variables({ DB_PASSWORD: "hunter2" })],
    "thing keeps a secret in the variable WHO.": [variables({ WHO: `AKIA${"A".repeat(16)}` })],
    "thing keeps a secret in the variable DATABASE.": [variables({ DATABASE: "postgres://shop:hunter2@host/shop" })],
    "thing keeps a secret in the variable PEM.": [variables({ PEM: "-----BEGIN RSA PRIVATE KEY-----" })],
  },
  ignores: [made(TABLE, { environment: { variables: { PASSWORD: "hunter2" } } })],
});

const permission = (inputs: object) => made(FUNCTION_PERMISSION, { principal: "events.amazonaws.com", ...inputs });
describeRule("function-admits-named-callers", {
  keeps: [permission({ sourceArn: "arn:aws:events:eu-central-1:111122223333:rule/one" })],
  breaks: {
    "thing names no caller.": [permission({})],
    "thing lets everybody call the function.": [permission({ principal: "*" })],
    "thing takes callers of every account": [permission({ sourceArn: "arn:aws:s3:eu-central-1:*:bucket" })],
  },
  ignores: [other],
});

const mapping = (inputs: object, making?: Making) => made(EVENT_SOURCE_MAPPING, { ...inputs }, making);
describeRule("batch-consumer-reports-single-failures", {
  keeps: [
    mapping({ functionResponseTypes: ["ReportBatchItemFailures"] }),
    mapping({ batchSize: 1 }, { name: "one by one" }),
  ],
  breaks: { "thing fails whole batches.": [mapping({ batchSize: 10 })] },
  ignores: [other],
});

const queue = made(QUEUE, {}, { name: "queue" });
const worker = lambda({ reservedConcurrentExecutions: 5 }, { name: "worker" });
const idler = lambda({}, { name: "idler" });
const reads = { eventSourceArn: [queue] };
describeRule("queue-consumer-is-bounded", {
  keeps: [
    ...[queue, worker],
    mapping({ scalingConfig: { maximumConcurrency: 5 } }, { from: reads }),
    mapping({}, { name: "reserved", from: { ...reads, functionName: [worker] } }),
    mapping({ eventSourceArn: "arn:aws:dynamodb:stream" }, { name: "of a stream" }),
  ],
  breaks: {
    "thing takes as many batches at once as the account has room for.": [queue, mapping({}, { from: reads })],
  },
  ignores: [queue, worker],
});

const inProd = { stack: "prod" };
describeRule("production-consumer-reserves-its-concurrency", {
  keeps: [
    ...[queue, worker],
    mapping({ scalingConfig: { maximumConcurrency: 5 } }, { ...inProd, from: { ...reads, functionName: [worker] } }),
  ],
  breaks: {
    "thing may need 5 at once and has 0 reserved.": [
      ...[queue, idler],
      mapping({ scalingConfig: { maximumConcurrency: 5 } }, { ...inProd, from: { ...reads, functionName: [idler] } }),
    ],
    "thing may need 9 at once and has 5 reserved.": [
      ...[queue, worker],
      mapping(
        { functionName: "worker", eventSourceArn: queue.outputs["arn"], scalingConfig: { maximumConcurrency: 9 } },
        inProd,
      ),
    ],
  },
  ignores: [
    queue,
    idler,
    mapping({ scalingConfig: { maximumConcurrency: 5 } }, { from: { ...reads, functionName: [idler] } }),
  ],
});

const careful = {
  ...{ bisectBatchOnFunctionError: true, maximumRecordAgeInSeconds: 3600 },
  destinationConfig: { onFailure: { destinationArn: "arn:queue" } },
};
describeRule("stream-reader-keeps-what-it-gives-up", {
  keeps: [mapping(careful), queue, mapping({}, { name: "of a queue", from: reads })],
  breaks: {
    "thing fails good records with a bad one.": [mapping({ ...careful, bisectBatchOnFunctionError: false })],
    "thing tries a record for as long as the stream keeps it.": [
      mapping({ ...careful, maximumRecordAgeInSeconds: -1 }),
    ],
    "thing leaves no word of what it gave up.": [mapping({ ...careful, destinationConfig: undefined })],
  },
  ignores: [queue, other],
});

const scheduled = (deadLetterConfig?: object) => lambda({ deadLetterConfig }, { name: "scheduled" });
describeRule("event-function-keeps-failed-calls", {
  keeps: [
    scheduled({ targetArn: "arn:queue" }),
    made(EVENT_TARGET, { arn: scheduled().outputs["arn"] }, { name: "target" }),
    lambda({}, { name: "called otherwise" }),
  ],
  breaks: {
    "scheduled forgets what it failed to do.": [
      scheduled(),
      made(EVENT_TARGET, {}, { name: "target", from: { arn: [scheduled()] } }),
    ],
  },
  ignores: [other],
});

const rights = (statement: object, type = ROLE_POLICY) =>
  made(type, {
    policy: policy({ Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::b/r/*"], ...statement }),
  });
describeRule("role-policy-names-its-actions", {
  keeps: [rights({}), rights({ Effect: "Deny", Action: "*" })],
  breaks: {
    "thing allows s3:*.": [rights({ Action: ["s3:*"] })],
    "thing allows *.": [rights({ Action: "*" }, MANAGED_POLICY)],
    "thing allows whatever it does not name (NotAction).": [rights({ Action: undefined, NotAction: "iam:*" })],
    "thing could not be judged": [made(ROLE_POLICY, { policy: "{" })],
  },
  ignores: [other],
});

describeRule("role-policy-names-its-resources", {
  keeps: [rights({}), rights({ Action: ["xray:PutTraceSegments"], Resource: "*" })],
  breaks: {
    "thing allows s3:GetObject on *.": [rights({ Resource: "*" })],
    "thing allows dynamodb:GetItem on arn:aws:dynamodb:eu-central-1:1:table/*.": [
      rights({ Action: "dynamodb:GetItem", Resource: "arn:aws:dynamodb:eu-central-1:1:table/*" }),
    ],
    "thing allows kms:Decrypt on *.": [rights({ Action: ["kms:Decrypt", "xray:PutTraceSegments"], Resource: "*" })],
    "thing allows on whatever it does not name (NotResource).": [
      rights({ Resource: undefined, NotResource: "arn:aws:s3:::b" }),
    ],
  },
  ignores: [other],
});

const FULL_ACCESS = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
describeRule("role-has-no-managed-policy", {
  keeps: [
    made(ROLE, {}),
    made(ROLE_POLICY_ATTACHMENT, { policyArn: "arn:aws:iam::111122223333:policy/own" }, { name: "own" }),
  ],
  breaks: {
    [`thing has ${FULL_ACCESS}.`]: [made(ROLE_POLICY_ATTACHMENT, { policyArn: FULL_ACCESS })],
    [`a role has ${FULL_ACCESS}.`]: [made(ROLE, { managedPolicyArns: [FULL_ACCESS] }, { name: "a role" })],
  },
  ignores: [other],
});

const trust = (Principal: unknown, more: object = {}) =>
  made(ROLE, { assumeRolePolicy: policy({ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more }) });
describeRule("role-is-assumed-by-one-service", {
  keeps: [trust({ Service: "lambda.amazonaws.com" })],
  breaks: {
    "thing can be assumed by *.": [trust("*")],
    "thing can be assumed by AWS:arn:aws:iam::111122223333:root.": [trust({ AWS: "arn:aws:iam::111122223333:root" })],
    "thing can be assumed by Service:lambda.amazonaws.com, Service:ec2.amazonaws.com.": [
      trust({ Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] }),
    ],
    "thing names who may not assume it (NotPrincipal).": [trust(undefined, { NotPrincipal: { AWS: "arn:x" } })],
  },
  ignores: [other],
});
