type Fields = Readonly<Record<string, unknown>>;

/** Bounds of a whole number, both included. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** How a service words its refusals. */
export interface Refusals {
  /** For a field that is required and absent. */
  missing(field: string): Error;
  /** For a value that the service does not take; `reason` is a clause such as "must be a text". */
  invalid(field: string, value: unknown, reason: string): Error;
  /** For a field that the operation has no stand-in for. */
  unknown(field: string): Error;
}

/**
 * The parsed request of an operation, read field by field. A field that is absent or null counts as
 * not given, as in the AWS JSON protocols; a value of the wrong type is refused, never coerced.
 */
export class OperationInput {
  constructor(
    private readonly fields: Fields,
    private readonly refusals: Refusals,
  ) {}

  /** Refuses any field that is not named here. */
  only(...known: readonly string[]): this {
    for (const field of Object.keys(this.fields)) {
      if (!known.includes(field) && this.has(field)) throw this.refusals.unknown(field);
    }
    return this;
  }

  has(field: string): boolean {
    return this.fields[field] !== undefined && this.fields[field] !== null;
  }

  text(field: string): string {
    const value = this.optionalText(field);
    if (value === undefined) throw this.refusals.missing(field);
    return value;
  }

  optionalText(field: string): string | undefined {
    if (!this.has(field)) return undefined;
    const value = this.fields[field];
    if (typeof value !== "string") throw this.refusals.invalid(field, value, "must be a text");
    return value;
  }

  integer(field: string, bounds: Bounds): number {
    const value = this.optionalInteger(field, bounds);
    if (value === undefined) throw this.refusals.missing(field);
    return value;
  }

  optionalInteger(field: string, { min, max }: Bounds): number | undefined {
    if (!this.has(field)) return undefined;
    const value = this.fields[field];
    if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
      throw this.refusals.invalid(field, value, `must be a whole number from ${min} to ${max}`);
    }
    return value;
  }

  /** A number that may have a fraction, such as a time in seconds. */
  optionalNumber(field: string): number | undefined {
    if (!this.has(field)) return undefined;
    const value = this.fields[field];
    if (typeof value !== "number") throw this.refusals.invalid(field, value, "must be a number");
    return value;
  }

  /** True or false; absent is false. */
  flag(field: string): boolean {
    const value = this.fields[field] ?? false;
    if (typeof value !== "boolean") throw this.refusals.invalid(field, value, "must be true or false");
    return value;
  }

  /** A list of texts; absent is the empty list. */
  texts(field: string): readonly string[] {
    return this.list(field).map((value) => {
      if (typeof value !== "string") throw this.refusals.invalid(field, value, "must be a list of texts");
      return value;
    });
  }

  /** A list of numbers; absent is the empty list. */
  numbers(field: string): readonly number[] {
    return this.list(field).map((value) => {
      if (typeof value !== "number") throw this.refusals.invalid(field, value, "must be a list of numbers");
      return value;
    });
  }

  /** A list of structures, each to be read in the same way; absent is the empty list. */
  structures(field: string): readonly OperationInput[] {
    return this.list(field).map((value) => {
      if (!isFields(value)) throw this.refusals.invalid(field, value, "must be a list of structures");
      return new OperationInput(value, this.refusals);
    });
  }

  /** A structure or map; absent is empty. */
  fieldsOf(field: string): Fields {
    const value = this.fields[field] ?? {};
    if (!isFields(value)) throw this.refusals.invalid(field, value, "must be a structure");
    return value;
  }

  /** A map of texts; absent is empty. */
  textsByName(field: string): Readonly<Record<string, string>> {
    const map = this.fieldsOf(field);
    for (const value of Object.values(map)) {
      if (typeof value !== "string") throw this.refusals.invalid(field, value, "must be a map of texts");
    }
    return map as Readonly<Record<string, string>>;
  }

  private list(field: string): readonly unknown[] {
    const value = this.fields[field] ?? [];
    if (!Array.isArray(value)) throw this.refusals.invalid(field, value, "must be a list");
    return value as readonly unknown[];
  }
}

/** The first of several values that is a text. */
export function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value) => typeof value === "string");
}

/** Whether a value is a plain JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
