/** Where pipelines leave their records, unless the environment names another folder. */
export const USAGE_FOLDER = ".local/iam";

/** The folder that the environment asks records for; undefined when it asks for none. */
export function usageFolder(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const folder = environment["ORDERFLOW_IAM_USAGE"];
  return folder === "" ? undefined : folder;
}
