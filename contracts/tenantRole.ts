/**
 * The ARN of an IAM role, whose name may stand behind a path:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export const ROLE_ARN = "^arn:aws[a-z-]*:iam::(\\d{12}):role/(?:[!-~]+/)?([\\w+=,.@-]{1,64})$";

/**
 * What a role and whoever has assumed it have in common: `ACCOUNT/name`. The ARN of a session
 * (`arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION`) does not tell the role's path; none is needed, because an account
 * has each name once, whatever the path and the letters' case:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 *
 * @returns undefined for the ARN of anything else: users and federated ones act for no tenant
 */
export function roleKeyOf(arn: string): string | undefined {
  const [, account, name] = new RegExp(ROLE_ARN).exec(arn) ?? SESSION_ARN.exec(arn) ?? [];
  return account === undefined || name === undefined ? undefined : `${account}/${name.toLowerCase()}`;
}

const SESSION_ARN = /^arn:aws[a-z-]*:sts::(\d{12}):assumed-role\/([\w+=,.@-]{1,64})\/[\w+=,.@-]+$/;
