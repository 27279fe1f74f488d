import {
  COMPOSITE_ALARM,
  DOMAIN_NAME,
  FUNCTION,
  LOG_GROUP,
  LOG_RESOURCE_POLICY,
  METHOD_SETTINGS,
  METRIC_ALARM,
  QUEUE,
  REST_API,
  STAGE,
  STATE_MACHINE,
  TABLE,
  WEB_ACL,
  WEB_ACL_ASSOCIATION,
} from "../../../policies/resourceTypes";
import { made, NARROWED, OPEN, type Making } from "../resources";
import { describeRule } from "../ruleCase";

const other = made(QUEUE, {}, { name: "other" });
const inProd = { stack: "prod" };

const machine = (inputs: object, making?: Making) => made(STATE_MACHINE, { ...inputs }, making);
describeRule("state-machine-logs-its-executions", {
  keeps: [machine({ loggingConfiguration: { level: "ERROR" } })],
  breaks: {
    "thing logs at level OFF.": [machine({})],
    "thing logs at level FATAL.": [machine({ loggingConfiguration: { level: "FATAL" } })],
  },
  ignores: [other],
});

describeRule("state-machine-is-traced", {
  keeps: [machine({ tracingConfiguration: { enabled: true } })],
  breaks: { "thing is not traced.": [machine({})] },
  ignores: [other],
});

const states = (States: object) => machine({ definition: JSON.stringify({ States }) });
const nested = (task: object) => ({
  Each: { Type: "Map", ItemProcessor: { States: { Inner: { Type: "Task", ...task } } } },
});
describeRule("tasks-have-timeouts", {
  keeps: [states({ Pay: { Type: "Task", TimeoutSeconds: 3 }, Wait: { Type: "Wait", Seconds: 1 } })],
  breaks: {
    "thing waits for the task Pay without end.": [states({ Pay: { Type: "Task" } })],
    "thing waits for the task Inner without end.": [states(nested({}))],
  },
  ignores: [other],
});

const RETRY = [{ ErrorEquals: ["States.ALL"] }];
describeRule("tasks-are-retried", {
  keeps: [states({ Pay: { Type: "Task", Retry: RETRY }, ...nested({ Retry: RETRY }) })],
  breaks: {
    "thing gives the task Pay up at its first failure.": [states({ Pay: { Type: "Task", Retry: [] } })],
    "thing gives the task Inner up at its first failure.": [
      states({ Both: { Type: "Parallel", Branches: [{ States: nested({}) }] } }),
    ],
  },
  ignores: [other],
});

const logging = (includeExecutionData: boolean, making: Making) =>
  machine({ loggingConfiguration: { level: "ALL", includeExecutionData } }, making);
describeRule("production-logs-no-payload", {
  keeps: [logging(false, inProd)],
  breaks: { "thing logs what goes in and out.": [logging(true, inProd)] },
  ignores: [other, logging(true, {})],
});

const stage = (inputs: object, making?: Making) => made(STAGE, { ...inputs }, making);
describeRule("api-stage-logs-access", {
  keeps: [stage({ accessLogSettings: { destinationArn: "arn:logs" } })],
  breaks: { "thing logs no requests.": [stage({})] },
  ignores: [other],
});

describeRule("api-stage-is-traced", {
  keeps: [stage({ xrayTracingEnabled: true })],
  breaks: { "thing is not traced.": [stage({})] },
  ignores: [other],
});

const methods = (settings: object, making?: Making) => made(METHOD_SETTINGS, { methodPath: "*/*", settings }, making);
describeRule("api-cache-is-encrypted", {
  keeps: [methods({ cachingEnabled: true, cacheDataEncrypted: true }), methods({}, { name: "without a cache" })],
  breaks: { "thing caches in the clear.": [methods({ cachingEnabled: true })] },
  ignores: [other],
});

const FULL = {
  "x-amazon-apigateway-request-validators": { full: { validateRequestBody: true, validateRequestParameters: true } },
  components: {
    securitySchemes: {
      apiKey: { type: "apiKey", name: "x-api-key", in: "header" },
      sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
    },
  },
};
const api = (operation: object, inputs: object = {}) => {
  const paths = { "/orders": { post: operation, options: {} }, "/health": { get: {} } };
  return made(REST_API, { body: JSON.stringify({ ...FULL, paths }), ...inputs });
};
describeRule("api-validates-requests", {
  keeps: [api({ "x-amazon-apigateway-request-validator": "full" })],
  breaks: { "thing passes on POST /orders without a look.": [api({})] },
  ignores: [other],
});

describeRule("api-methods-know-their-caller", {
  keeps: [api({ security: [{ apiKey: [] }] }), { ...api({ security: [{ sigv4: [] }] }), name: "signed" }],
  breaks: { "thing answers POST /orders to anybody.": [api({})] },
  ignores: [other],
});

describeRule("api-speaks-modern-tls", {
  keeps: [
    api({}, { securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06" }),
    made(DOMAIN_NAME, { securityPolicy: "TLS_1_2" }, { name: "domain" }),
  ],
  breaks: {
    "thing takes what API Gateway takes by itself, TLS 1.0 too.": [api({})],
    "thing takes TLS_1_0.": [made(DOMAIN_NAME, { securityPolicy: "TLS_1_0" })],
  },
  ignores: [other],
});

const live = stage({ restApi: "api", stageName: "v1" }, { name: "live" });
const settled = (settings: object) =>
  made(METHOD_SETTINGS, { methodPath: "*/*", restApi: "api", stageName: "v1", settings }, { name: "settings" });
describeRule("api-stage-logs-what-goes-wrong", {
  keeps: [live, settled({ loggingLevel: "ERROR" })],
  breaks: { "live says nothing of what goes wrong.": [live, settled({ loggingLevel: "OFF" })] },
  ignores: [other],
});

describeRule("api-stage-is-throttled", {
  keeps: [live, settled({ throttlingBurstLimit: 10, throttlingRateLimit: 5 })],
  breaks: { "live takes whatever comes.": [live, settled({ throttlingBurstLimit: -1, throttlingRateLimit: 5 })] },
  ignores: [other],
});

describeRule("api-logs-no-bodies", {
  keeps: [methods({ dataTraceEnabled: false })],
  breaks: { "thing logs requests and answers as they are.": [methods({ dataTraceEnabled: true })] },
  ignores: [other],
});

const guarded = (making: Making) => made(WEB_ACL_ASSOCIATION, {}, { name: "association", ...making });
describeRule("production-api-has-a-web-acl", {
  keeps: [stage({}, inProd), guarded({ from: { resourceArn: [stage({}, inProd)] } })],
  breaks: {
    "thing stands behind no web ACL.": [stage({}, inProd), guarded({ from: { resourceArn: [other] } }), other],
  },
  ignores: [other, stage({})],
});

const MEASURED = { visibilityConfig: { cloudwatchMetricsEnabled: true } };
const wall = (...rules: object[]) => made(WEB_ACL, { rules, ...MEASURED });
const managed = { name: "m", statement: { managedRuleGroupStatement: { name: "Common" } }, ...MEASURED };
const rate = { name: "r", statement: { rateBasedStatement: { limit: 100 } }, ...MEASURED };
describeRule("web-acl-keeps-attacks-out", {
  keeps: [wall(managed, rate)],
  breaks: {
    "thing has no rules that are kept up to date.": [wall(rate)],
    "thing lets one address ask as often as it likes.": [wall(managed)],
  },
  ignores: [other],
});

describeRule("web-acl-is-measured", {
  keeps: [wall(managed, rate)],
  breaks: {
    "thing is not measured.": [made(WEB_ACL, { rules: [managed] })],
    "thing has the rule m, which is not measured.": [wall({ ...managed, visibilityConfig: {} })],
  },
  ignores: [other],
});

const alarm = (inputs: object, making?: Making) => made(METRIC_ALARM, { ...inputs }, making);
describeRule("alarm-acts", {
  keeps: [
    alarm({ alarmActions: ["arn:topic"] }),
    alarm({ name: "part" }, { name: "part" }),
    made(COMPOSITE_ALARM, { alarmRule: 'ALARM("part")', alarmActions: ["arn:topic"] }, { name: "whole" }),
  ],
  breaks: {
    "thing tells nobody.": [alarm({}), made(COMPOSITE_ALARM, { alarmRule: 'ALARM("thing")' }, { name: "silent" })],
  },
  ignores: [other],
});

describeRule("alarm-says-what-silence-means", {
  keeps: [alarm({ treatMissingData: "ignore" })],
  breaks: { "thing does not say what missing data means.": [alarm({})] },
  ignores: [other],
});

describeRule("alarm-describes-itself", {
  keeps: [alarm({ alarmDescription: "Orders wait too long. First: read the runbook." })],
  breaks: { "thing does not say what it means.": [alarm({ alarmDescription: "Too high" })] },
  ignores: [other],
});

const lambda = (name: string) => made(FUNCTION, { name }, { name });
const watching = (metricName: string, dimensions: object) =>
  alarm(
    {
      metricQueries: [
        { id: "m1", metric: { metricName, dimensions } },
        { id: "e", expression: "m1" },
      ],
    },
    { name: "alarm" },
  );
const saga = machine({}, { name: "saga", from: { definition: [lambda("task")] } });
describeRule("function-errors-are-watched", {
  keeps: [lambda("a"), watching("Errors", { FunctionName: "a" })],
  breaks: {
    "b can fail at each call without anybody being told.": [lambda("b"), watching("Errors", { FunctionName: "a" })],
    "task can fail at each call without anybody being told.": [lambda("task"), saga],
  },
  ignores: [other],
});
describeRule("function-errors-are-watched", {
  keeps: [lambda("task"), saga, watching("ExecutionsFailed", { StateMachineArn: saga.outputs["arn"] })],
  breaks: {
    "task can fail at each call without": [lambda("task"), saga, watching("Throttles", { FunctionName: "task" })],
  },
  ignores: [saga],
});

const group = (retentionInDays?: number, making?: Making) => made(LOG_GROUP, { retentionInDays }, making);
describeRule("log-group-forgets", {
  keeps: [group(14)],
  breaks: { "thing keeps its lines for ever.": [group()] },
  ignores: [other],
});

describeRule("production-logs-are-kept", {
  keeps: [group(90, inProd)],
  breaks: { "thing keeps its lines for 14 days, under 90.": [group(14, inProd)] },
  ignores: [other, group(14)],
});

describeRule("log-policy-names-its-writer", {
  keeps: [made(LOG_RESOURCE_POLICY, { policyDocument: NARROWED })],
  breaks: { "thing lets * write for anybody.": [made(LOG_RESOURCE_POLICY, { policyDocument: OPEN })] },
  ignores: [other],
});

const TAGGED = { "aws:defaultTags": '{"tags":{"application":"shop"}}' };
describeRule("resources-are-tagged", {
  keeps: [made(TABLE, { tags: { stage: "dev" } })],
  breaks: { "thing has no tag stage.": [made(TABLE, {})] },
  ignores: [made(LOG_RESOURCE_POLICY, {})],
  with: { config: TAGGED },
});

describeRule("production-names-its-account", {
  keeps: [made(REST_API, {}, inProd)],
  with: { config: { "aws:allowedAccountIds": '["111122223333"]' } },
});
describeRule("production-names-its-account", {
  breaks: { "thing may be deployed to any account.": [made(REST_API, {}, inProd)] },
  ignores: [other, made(REST_API, {})],
});
