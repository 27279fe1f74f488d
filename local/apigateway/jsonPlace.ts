/** A JSON value and where it stands, so that an error can name the offending key and all errors come at once. */
export class JsonPlace {
  private constructor(
    readonly value: unknown,
    /** For example `paths./orders.post.security`. Empty for the whole document. */
    readonly path: string,
    private readonly document: unknown,
    private readonly problems: string[],
  ) {}

  /** The whole document; what is refused anywhere in it is appended to `problems`. */
  static root(document: unknown, problems: string[]): JsonPlace {
    return new JsonPlace(document, "", document, problems);
  }

  refuse(reason: string): void {
    this.problems.push(`${this.path === "" ? "the document" : this.path} ${reason}`);
  }

  get exists(): boolean {
    return this.value !== undefined;
  }

  get(key: string): JsonPlace {
    const value = this.fields()[key];
    return new JsonPlace(value, this.path === "" ? key : `${this.path}.${key}`, this.document, this.problems);
  }

  keys(): readonly string[] {
    return Object.keys(this.fields());
  }

  members(): readonly (readonly [key: string, place: JsonPlace])[] {
    return this.keys().map((key) => [key, this.get(key)] as const);
  }

  /** The elements of an array; empty when it is absent, refused when it is something else. */
  elements(): readonly JsonPlace[] {
    if (this.value === undefined) return [];
    if (!Array.isArray(this.value)) {
      this.refuse("must be an array.");
      return [];
    }
    return this.value.map(
      (element: unknown, index) => new JsonPlace(element, `${this.path}[${index}]`, this.document, this.problems),
    );
  }

  text(): string | undefined {
    return this.scalar("string");
  }

  number(): number | undefined {
    return this.scalar("number");
  }

  flag(): boolean | undefined {
    return this.scalar("boolean");
  }

  /** The members as texts; a member that is none is refused. */
  texts(): Record<string, string> {
    const texts: Record<string, string> = {};
    for (const [key, place] of this.members()) {
      const text = place.text();
      if (text !== undefined) texts[key] = text;
    }
    return texts;
  }

  /** Refuses every key that `known` does not name; vendor extensions other than Amazon's are let through, as on AWS. */
  knows(known: readonly string[], consequence = "is not supported here."): this {
    for (const key of this.keys()) {
      const foreignExtension = key.startsWith("x-") && !key.startsWith("x-amazon-");
      if (!foreignExtension && !known.includes(key)) this.get(key).refuse(consequence);
    }
    return this;
  }

  /** Follows a `$ref` into the same document; refuses one that leads elsewhere or nowhere. */
  resolved(): JsonPlace {
    if (!this.isObject() || typeof this.fields()["$ref"] !== "string") return this;
    const ref = this.fields()["$ref"] as string;
    let target: JsonPlace | undefined = ref.startsWith("#/") ? JsonPlace.root(this.document, this.problems) : undefined;
    for (const key of ref.slice(2).split("/")) target = target?.isObject() ? target.get(key) : undefined;
    if (target?.exists === true) return target;
    this.get("$ref").refuse(`"${ref}" does not lead to anything in this document.`);
    return this;
  }

  isObject(): boolean {
    return typeof this.value === "object" && this.value !== null && !Array.isArray(this.value);
  }

  private fields(): Record<string, unknown> {
    if (this.isObject()) return this.value as Record<string, unknown>;
    if (this.value !== undefined) this.refuse("must be an object.");
    return {};
  }

  private scalar<T>(type: "string" | "number" | "boolean"): T | undefined {
    if (this.value === undefined) return undefined;
    if (typeof this.value === type) return this.value as T;
    this.refuse(`must be a ${type}, not ${JSON.stringify(this.value)}.`);
    return undefined;
  }
}
