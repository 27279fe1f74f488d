/**
 * Who may do what in the ledger's database. None has a password: each is admitted by a token that IAM signs
 * (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html).
 */
export const LEDGER_ROLES = {
  /** Owns the schema: migrates it, and makes partitions. */
  owner: "ledger_owner",
  /** Puts orders in; deletes nothing. */
  writer: "ledger_writer",
  /** Looks. */
  reader: "ledger_reader",
} as const;

export type LedgerRole = keyof typeof LEDGER_ROLES;
