/** A permission that nothing on this machine uses, and why a role has it all the same. */
export interface UnusedGrant {
  /** The end of the role's name; absent, any role. */
  readonly role?: string;
  readonly action: string;
  readonly reason: string;
}

/** Every exception from "what is granted is used". One that is used after all, or granted no more, has to go. */
export const UNUSED: readonly UnusedGrant[] = [
  {
    action: "rds-db:connect",
    reason: "PostgreSQL on this machine admits everybody, so that no token of IAM is ever looked at (docs/ledger.md).",
  },
  ...["logs:CreateLogStream", "logs:PutLogEvents"].map((action) => ({
    role: "listLedger",
    action,
    reason: "A page that was answered is worth no line: only what goes wrong is written.",
  })),
];
