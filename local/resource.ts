/** A resource as the program registered it: everything that the engine of Pulumi would have received. */
export interface Resource {
  readonly urn: string;
  /** For example `aws:sqs/queue:Queue`. */
  readonly type: string;
  /** The logical name, for example `orders-queue`. */
  readonly name: string;
  /** True for a resource of a provider, false for a component. */
  readonly custom: boolean;
  /** True for a component of another process, such as those of awsx: here it has a stand-in, as one resource. */
  readonly remote?: boolean;
  readonly parent?: string;
  /** The inputs as plain JSON, secrets unwrapped. An archive of texts is `{ files: { path: text } }`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the program saw as the resource's outputs: inputs and computed values. Has `id` when custom. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  /** Where the program created it, `file:line`, when Node could tell. */
  readonly source?: string;
}

/** An archive as {@link Resource.inputs} holds it: file names to their texts. */
export interface Archive {
  readonly files: Readonly<Record<string, string>>;
}

/** The imaginary account that resources are created in. */
export interface Cloud {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly project: string;
  readonly stack: string;
  /** The one AWS endpoint, for example `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** Where API Gateway listens, for example `http://127.0.0.1:3000`. */
  readonly apiUrl: string;
}

/**
 * What the runtime knows of a resource type. An input that is in neither list is refused by name, so
 * that nothing which the program asks for is silently ignored.
 */
export interface ResourceKind {
  readonly type: string;
  /** Inputs that the local stand-in acts on (or checks). */
  readonly honours: readonly string[];
  /** Inputs that change nothing on one machine: encryption at rest, tags, tracing and the like. */
  readonly withoutLocalEffect: readonly string[];
  /**
   * What the provider would answer beside the inputs: at least `id`, and the computed values that
   * programs read (arn, url, …). Pure: it runs in the program's process, before anything is realised.
   * `physicalName` is the name that Pulumi would make up when the program gives none.
   */
  outputs(resource: RegisteredInputs, cloud: Cloud): Readonly<Record<string, unknown>> & { readonly id: string };
}

export interface RegisteredInputs {
  readonly name: string;
  readonly urn: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly physicalName: string;
}
