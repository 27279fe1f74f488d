import { LEDGER_ROLES } from "../../contracts/ledgerRoles";

/**
 * Statements that make the roles, run one by one by the cluster's first user at each deployment; run again they change nothing.
 * `rds_iam` is RDS's own role: its members are admitted by IAM alone.
 */
export function roleStatements(): readonly string[] {
  const names = Object.values(LEDGER_ROLES);
  return [
    ...names.map(
      (name) =>
        `do $$ begin if not exists (select from pg_roles where rolname = '${name}') then create role ${name} login; end if; end $$`,
    ),
    `grant rds_iam to ${names.join(", ")}`,
    `do $$ begin execute format('grant create on database %I to ${LEDGER_ROLES.owner}', current_database()); end $$`,
  ];
}
