/** The states of an alarm. */
export type StateValue = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** What stands in for data that are missing; `ignore` keeps the state. */
export type MissingData = "missing" | "ignore" | "breaching" | "notBreaching";

/** When an alarm goes off: M of N. */
export interface AlarmRule {
  /** N, the periods that are compared with the threshold. */
  readonly evaluationPeriods: number;
  /** M, how many of them must breach it. */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: MissingData;
}

/** A period that has data; `age` is 1 for the latest period of the range, 2 for the one before. */
export interface Observed {
  readonly age: number;
  readonly breaching: boolean;
}

/** The outcome of one evaluation. */
export interface Verdict {
  /** Absent: the state stays as it is. */
  readonly state?: StateValue;
  /** How many of the latest periods with data decided it. */
  readonly used: number;
  /** How many missing periods were filled in. */
  readonly filled: number;
}

/**
 * How many periods an evaluation looks at, for the case that some are missing. CloudWatch says only that it is more
 * than the evaluation periods; in its examples it is 5 for 3.
 */
export function evaluationRange({ evaluationPeriods }: Pick<AlarmRule, "evaluationPeriods">): number {
  return evaluationPeriods + 2;
}

/**
 * Decides as CloudWatch does. With enough periods that have data, only the latest of those count, however old they are
 * within the range. With fewer, all of them count, and the missing ones are filled in as the rule says.
 *
 * @param observed the periods of the evaluation range that have data, latest first
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function judge(observed: readonly Observed[], rule: AlarmRule): Verdict {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = rule;
  const used = observed.slice(0, evaluationPeriods);
  const breaches = used.filter(({ breaching }) => breaching).length;
  const missing = evaluationPeriods - used.length;
  const byCount = (count: number): StateValue => (count >= datapointsToAlarm ? "ALARM" : "OK");
  if (missing === 0) return { state: byCount(breaches), used: used.length, filled: 0 };
  if (treatMissingData === "breaching")
    return { state: byCount(breaches + missing), used: used.length, filled: missing };
  if (treatMissingData === "notBreaching") return { state: byCount(breaches), used: used.length, filled: missing };
  return { ...unfilled(used, breaches, rule), used: used.length, filled: 0 };
}

/**
 * Some data are missing, and nothing stands in for them. A breach that is old enough, with nothing better since, is an
 * alarm even so; with `ignore` the state stays then, and as long as nothing but fewer breaches than needed is known.
 */
function unfilled(used: readonly Observed[], breaches: number, rule: AlarmRule): Pick<Verdict, "state"> {
  const { datapointsToAlarm, treatMissingData } = rule;
  const ignores = treatMissingData === "ignore";
  if (used.length === 0) return ignores ? {} : { state: "INSUFFICIENT_DATA" };
  if (breaches >= datapointsToAlarm) return { state: "ALARM" };
  if (breaches < used.length) return { state: "OK" };
  if (ignores) return {};
  const oldEnough = (used.at(-1)?.age ?? 0) >= datapointsToAlarm;
  return { state: oldEnough ? "ALARM" : "OK" };
}
