/** How bad a line is, from the most harmless on. */
export const LEVELS = ["debug", "info", "warn", "error"] as const;

export type Level = (typeof LEVELS)[number];

/**
 * Which lines one invocation writes. Made once per cold start, asked once per invocation.
 *
 * The logger does not decide it: on Lambda it takes the level of the log group's own filter, which must let metrics
 * through and so cannot be the level that is wanted
 * (https://docs.aws.amazon.com/powertools/typescript/latest/features/logger/#aws-lambda-advanced-logging-controls-alc).
 *
 * @param environment `POWERTOOLS_LOG_LEVEL`, and `DEBUG_LOG_SAMPLE_PERCENT`: of a hundred invocations so many write every
 *   line, to see now and then what goes on inside without paying for all of it
 */
export function logLevels(
  { POWERTOOLS_LOG_LEVEL = "INFO", DEBUG_LOG_SAMPLE_PERCENT = "0" }: NodeJS.ProcessEnv,
  random: () => number = Math.random,
): () => (level: Level) => boolean {
  const least = LEVELS.findIndex((level) => level.toUpperCase() === POWERTOOLS_LOG_LEVEL);
  return () => {
    const from = 100 * random() < Number(DEBUG_LOG_SAMPLE_PERCENT) ? 0 : least;
    return (level) => LEVELS.indexOf(level) >= from;
  };
}
