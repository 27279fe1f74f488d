/**
 * Orders by month of creation. The key of a partitioned table must hold what it is partitioned by, so an order's id is
 * unique only with its time of creation; both are the Orders table's, where the id alone is unique
 * (https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-LIMITATIONS).
 *
 * An order's lines stand in its own row: they never change, are written with it and read with it. A table of lines would
 * need a second family of partitions, and every report by product a join over both.
 *
 * The default partition takes what no month takes, so that a month that was not made in time loses nothing.
 */
export const orders = `
  create table ledger.orders (
    order_id text not null,
    created_at timestamptz not null,
    tenant_id text not null,
    user_id text not null,
    status text not null check (status in ('PENDING', 'CONFIRMED', 'FAILED')),
    stage text not null,
    failure_code text,
    amount_minor bigint not null check (amount_minor >= 0),
    currency char(3) not null,
    units integer not null check (units > 0),
    lines jsonb not null,
    version integer not null check (version > 0),
    updated_at timestamptz not null,
    primary key (order_id, created_at)
  ) partition by range (created_at);

  create table ledger.orders_default partition of ledger.orders default;

  create index orders_by_tenant on ledger.orders (tenant_id, created_at);

  grant usage on schema ledger to ledger_writer, ledger_reader;
  grant select, insert, update on ledger.orders to ledger_writer;
  grant select on ledger.orders to ledger_reader;
`;
