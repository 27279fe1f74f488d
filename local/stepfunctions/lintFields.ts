type Json = Readonly<Record<string, unknown>>;

const STATE = ["Type", "Comment", "QueryLanguage"];
const DATA = [...STATE, "InputPath", "OutputPath"];
const FLOW = ["Next", "End"];

/** The fields that the runtime acts on, by what they belong to. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Machine: ["Comment", "StartAt", "States", "Version", "TimeoutSeconds", "QueryLanguage"],
  Task: [
    ...[...DATA, ...FLOW, "Resource", "Parameters", "ResultSelector", "ResultPath", "Retry", "Catch"],
    "TimeoutSeconds",
  ],
  Pass: [...DATA, ...FLOW, "Result", "Parameters", "ResultPath"],
  Choice: [...DATA, "Choices", "Default"],
  Wait: [...DATA, ...FLOW, "Seconds", "SecondsPath", "Timestamp", "TimestampPath"],
  Succeed: DATA,
  Fail: [...STATE, "Error", "ErrorPath", "Cause", "CausePath"],
  Retry: ["ErrorEquals", "IntervalSeconds", "MaxAttempts", "BackoffRate", "MaxDelaySeconds", "JitterStrategy"],
  Catch: ["ErrorEquals", "ResultPath", "Next"],
};

/** Fields of `owner` that the runtime has no stand-in for, as clauses. */
export function fieldProblems(owner: string, fields: Json): string[] {
  const known = FIELDS[owner];
  if (known === undefined) return [`the local runtime has no stand-in for the state type ${owner}`];
  const language = fields["QueryLanguage"];
  return [
    ...(language === undefined || language === "JSONPath"
      ? []
      : [`the local runtime has no stand-in for the QueryLanguage ${JSON.stringify(language)}`]),
    ...Object.keys(fields)
      .filter((field) => !known.includes(field))
      .map((field) => `the local runtime has no stand-in for the field ${field}`),
  ];
}

/** The least value of each field that must be a number; all but BackoffRate are whole. */
const LEAST: Readonly<Record<string, number>> = {
  TimeoutSeconds: 1,
  Seconds: 0,
  IntervalSeconds: 1,
  MaxDelaySeconds: 1,
  MaxAttempts: 0,
  BackoffRate: 1,
};

/** Fields that are given and are not the numbers that they must be, as clauses. */
export function numberProblems(fields: Json): string[] {
  return Object.entries(LEAST).flatMap(([name, least]) => {
    const value = fields[name];
    if (value === undefined) return [];
    const right = typeof value === "number" && (name === "BackoffRate" || Number.isInteger(value)) && value >= least;
    return right ? [] : [`${name} must be a number from ${least}, not ${JSON.stringify(value)}`];
  });
}
