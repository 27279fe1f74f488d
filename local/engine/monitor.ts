import * as pulumi from "@pulumi/pulumi";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { RegisterPackageResponse, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Registration } from "./messages";
import { holdsSecret, plain, secret } from "./plain";

type Fields = Readonly<Record<string, unknown>>;
type Callback = (error: Error | null, response?: unknown) => void;

/** Who answers for the provider: it gives a resource its id and outputs, and a function call its result. */
export interface Provider {
  register(registration: Registration): Promise<Fields>;
  call(token: string, inputs: Fields): Promise<Fields>;
  /** Told once, when the program has registered what it exports. */
  exported(outputs: Fields, secretOutputs: readonly string[]): void;
  /** A request that could not be met: the SDK itself would wait for ever. */
  failed(error: Error): void;
}

/** The part of a RegisterResourceRequest that is read here; its generated class has no useful types. */
export interface RegisterRequest {
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getRemote(): boolean;
  getParent(): string;
  getObject(): Struct;
  getProtect(): boolean;
  getAdditionalsecretoutputsList(): string[];
  getDependenciesList(): string[];
  getPropertydependenciesMap(): {
    forEach(visit: (value: { getUrnsList(): string[] }, key: string) => void): void;
  };
  getSourceposition(): { getUri(): string; getLine(): number } | undefined;
}

const STACK_TYPE = "pulumi:pulumi:Stack";

/**
 * Stands where the resource monitor of Pulumi's engine stands, in the program's own process. Unlike
 * the SDK's mocks it keeps the whole request and makes the URNs that the engine would make.
 */
export class RecordingMonitor {
  /** What was answered for each URN: a program may ask again, when one component hands a resource to another. */
  private readonly registered = new Map<string, Fields>();

  constructor(private readonly provider: Provider) {}

  async registerResource(request: RegisterRequest, callback: Callback): Promise<void> {
    await this.respond(callback, async () => {
      const registration = registrationOf(request);
      const { id, ...computed } = await this.provider.register(registration);
      const hidden = new Set(request.getAdditionalsecretoutputsList());
      const outputs = Object.entries(computed).map(([key, value]) => [key, hidden.has(key) ? secret(value) : value]);
      const response = new RegisterResourceResponse();
      response.setUrn(registration.urn);
      response.setId(typeof id === "string" ? id : "");
      // What the program sent comes back as it was, so that secrets stay secret.
      const sent = request.getCustom() || request.getRemote() ? (request.getObject().toJavaScript() as Fields) : {};
      const state = { ...sent, ...(Object.fromEntries(outputs) as Fields) };
      response.setObject(struct(state));
      this.registered.set(registration.urn, { urn: registration.urn, id: response.getId(), state });
      return response;
    });
  }

  registerResourceOutputs(request: { getUrn(): string; getOutputs(): Struct }, callback: Callback): void {
    callback(null, {});
    if (!request.getUrn().includes(`::${STACK_TYPE}::`)) return;
    const outputs = request.getOutputs().toJavaScript() as Fields;
    const secrets = Object.keys(outputs).filter((key) => holdsSecret(outputs[key]));
    this.provider.exported(plain(outputs) as Fields, secrets);
  }

  async invoke(request: { getTok(): string; getArgs(): Struct }, callback: Callback): Promise<void> {
    await this.respond(callback, async () => {
      const inputs = plain(request.getArgs().toJavaScript()) as Fields;
      const known =
        request.getTok() === "pulumi:pulumi:getResource" ? this.registered.get(String(inputs["urn"])) : undefined;
      const response = new InvokeResponse();
      response.setReturn(struct(known ?? (await this.provider.call(request.getTok(), inputs))));
      return response;
    });
  }

  async readResource(request: { getType(): string; getName(): string }, callback: Callback): Promise<void> {
    await this.respond(callback, () =>
      Promise.reject(
        new Error(`${request.getName()} reads an existing ${request.getType()}; nothing exists before the program.`),
      ),
    );
  }

  /** Values must arrive as values: outputs and transforms on the wire are refused. */
  supportsFeature(request: { getId(): string }, callback: Callback): void {
    const supported = !["outputValues", "transforms", "invokeTransforms"].includes(request.getId());
    callback(null, { getHassupport: () => supported });
  }

  registerPackage(_request: unknown, callback: Callback): void {
    const response = new RegisterPackageResponse();
    response.setRef("local");
    callback(null, response);
  }

  private async respond(callback: Callback, answer: () => Promise<unknown>): Promise<void> {
    try {
      callback(null, await answer());
    } catch (error) {
      callback(error as Error);
      this.provider.failed(error as Error);
    }
  }
}

function registrationOf(request: RegisterRequest): Registration {
  const parent = request.getParent();
  const position = request.getSourceposition();
  const propertyDependencies: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((value, key) => {
    propertyDependencies[key] = value.getUrnsList();
  });
  return {
    urn: engineUrn(parent, request.getType(), request.getName()),
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    ...(parent === "" ? {} : { parent }),
    inputs: plain(request.getObject().toJavaScript()) as Fields,
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    protect: request.getProtect(),
    ...(request.getRemote() && { remote: true }),
    ...(position === undefined ? {} : { source: `${position.getUri()}:${position.getLine()}` }),
  };
}

/** `urn:pulumi:stack::project::parentType$type::name`, where the stack itself is nobody's parent type. */
export function engineUrn(parent: string, type: string, name: string): string {
  const parentType = parent === "" ? undefined : parent.split("::")[2];
  const qualified = parentType === undefined || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${qualified}::${name}`;
}

function struct(fields: Fields): Struct {
  return Struct.fromJavaScript(fields as Record<string, JavaScriptValue>);
}
