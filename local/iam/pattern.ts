/** Whether a text fits a pattern. */
export type Fits = (text: string) => boolean;

/**
 * A pattern in which `*` stands for any text and `?` for one character. Policy variables (`${aws:…}`) are refused by
 * name, but for the three that write a character which would be a wildcard: `${*}`, `${?}` and `${$}`.
 *
 * @throws Error that names the variable
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function glob(pattern: string): Fits {
  const source = pattern.replace(/\$\{([^}]*)\}|[*?]|[^*?$]+|\$/g, (part, variable: string | undefined) => {
    if (part === "*") return ".*";
    if (part === "?") return ".";
    if (variable === undefined) return literally(part);
    if (!["*", "?", "$"].includes(variable)) {
      throw new Error(`the local runtime does not know the policy variable ${part}`);
    }
    return literally(variable);
  });
  if (!/[*?]/.test(pattern)) {
    const text = pattern.replace(/\$\{(.)\}/g, "$1");
    return (candidate) => candidate === text;
  }
  const expression = new RegExp(`^${source}$`, "s");
  return (candidate) => expression.test(candidate);
}

/** An action, whose letters may be of either case: `sqs:SendMessage`, `s3:Get*`, `*`. */
export function actionPattern(pattern: string): Fits {
  if (pattern !== "*" && !/^[\w-]+:[\w*?]+$/.test(pattern)) {
    throw new Error(`"${pattern}" is no action such as sqs:SendMessage`);
  }
  const fits = glob(pattern.toLowerCase());
  return (action) => fits(action.toLowerCase());
}

/**
 * An ARN whose parts between the first five colons are compared one by one, so that a wildcard does not reach from one
 * into the next: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function arnPattern(pattern: string): Fits {
  if (pattern === "*") return () => true;
  const parts = partsOf(pattern);
  if (parts[0] !== "arn" || parts.length < 6) throw new Error(`"${pattern}" is no ARN, and not "*"`);
  const fits = parts.map(glob);
  return (arn) => {
    const given = partsOf(arn);
    return given.length === fits.length && fits.every((part, index) => part(given[index] ?? ""));
  };
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function literally(text: string): string {
  return text.replace(/[.+^${}()|[\]\\*?]/g, "\\$&");
}
