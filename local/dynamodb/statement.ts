/** What a statement of PartiQL is about. */
export interface Statement {
  /** `SELECT`, `INSERT`, `UPDATE` or `DELETE`. */
  readonly verb: string;
  readonly table: string;
  readonly index?: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html */
export function statementOf(text: string): Statement {
  const verb = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? "";
  const [, table = "", index] = /\b(?:FROM|INTO|UPDATE)\s+"?([\w.-]+)"?(?:\."?([\w.-]+)"?)?/i.exec(text) ?? [];
  return { verb, table, ...(index !== undefined && { index }) };
}
