import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { GetRootResourceResponse, SetRootResourceResponse, type LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  RegisterResourceResponse,
  type ResourceInvokeRequest,
  SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

type Fields = Readonly<Record<string, unknown>>;

/** A resource as the engine was asked for it. Secrets, archives and unknown values are in their form on the wire. */
export interface Asked {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly remote: boolean;
  readonly parent: string;
  readonly inputs: Fields;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  /** Of the provider's plugin, which the CLI would load. */
  readonly version: string;
  readonly secretOutputs: readonly string[];
}

/** Stands for the providers' plugins. Both throw to refuse. */
export interface Plugins {
  /** What the engine answers beside the URN: an empty id and unknown values in a preview. */
  register(asked: Asked): { readonly id: string; readonly state: Fields };
  invoke(token: string, args: Fields): Fields;
}

const STACK = "pulumi:pulumi:Stack";

/**
 * The engine and the resource monitor that the CLI has beside a program, as far as they decide over whether it runs:
 * names, order and parents are checked as there.
 */
export class Engine {
  readonly asked: Asked[] = [];
  /** Warnings and errors that the user would see. */
  readonly complaints: string[] = [];
  /** What the stack exports; undefined until the program has said so. */
  outputs: Fields | undefined;
  /** Whether the program came to its end and said so. */
  finished = false;
  private readonly urns = new Set<string>();
  private readonly server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });

  constructor(
    private readonly project: string,
    private readonly stack: string,
    private readonly plugins: Plugins,
  ) {
    this.server.addService(EngineService, {
      log: unary((request: LogRequest) => this.log(request)),
      setRootResource: unary(() => new SetRootResourceResponse()),
      getRootResource: unary(() => new GetRootResourceResponse()),
    });
    this.server.addService(ResourceMonitorService, {
      supportsFeature: unary(() => new SupportsFeatureResponse().setHassupport(true)),
      registerResource: unary((request: RegisterResourceRequest) => this.register(request)),
      registerResourceOutputs: unary((request: RegisterResourceOutputsRequest) => this.export(request)),
      invoke: unary((request: ResourceInvokeRequest) => this.invoke(request)),
      signalAndWaitForShutdown: unary(() => {
        this.finished = true;
        return new Empty();
      }),
    });
  }

  /** Resolves with the address of both services. */
  listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(`127.0.0.1:${port}`) : reject(error),
      );
    });
  }

  stop(): void {
    this.server.forceShutdown();
  }

  private log(request: LogRequest): Empty {
    const severity = ["", "", "warning", "error"][request.getSeverity()];
    if (severity !== "") this.complaints.push(`${severity}: ${request.getMessage()}`);
    return new Empty();
  }

  private register(request: RegisterResourceRequest): RegisterResourceResponse {
    const asked = this.read(request);
    if (this.urns.has(asked.urn)) {
      throw new Error(`Duplicate resource URN '${asked.urn}'; try giving it a unique name`);
    }
    const strangers = [asked.parent, ...asked.dependencies].filter((urn) => urn !== "" && !this.urns.has(urn));
    if (strangers.length > 0) throw new Error(`${asked.urn} refers to what is not registered: ${strangers.join(", ")}`);
    this.urns.add(asked.urn);
    this.asked.push(asked);
    const { id, state } = asked.custom || asked.remote ? this.plugins.register(asked) : { id: "", state: {} };
    return new RegisterResourceResponse().setUrn(asked.urn).setId(id).setObject(struct(state));
  }

  private read(request: RegisterResourceRequest): Asked {
    const parent = request.getParent();
    const parentType = parent === "" ? STACK : (parent.split("::")[2] ?? "");
    const type = parentType === STACK ? request.getType() : `${parentType}$${request.getType()}`;
    const propertyDependencies: Record<string, readonly string[]> = {};
    request.getPropertydependenciesMap().forEach((value, key) => (propertyDependencies[key] = value.getUrnsList()));
    return {
      urn: `urn:pulumi:${this.stack}::${this.project}::${type}::${request.getName()}`,
      type: request.getType(),
      name: request.getName(),
      custom: request.getCustom(),
      remote: request.getRemote(),
      parent,
      inputs: request.getObject()?.toJavaScript() ?? {},
      dependencies: request.getDependenciesList(),
      propertyDependencies,
      protect: request.getProtect() ?? false,
      version: request.getVersion(),
      secretOutputs: request.getAdditionalsecretoutputsList(),
    };
  }

  private export(request: RegisterResourceOutputsRequest): Empty {
    if (request.getUrn().includes(`::${STACK}::`)) {
      this.outputs = request.getOutputs()?.toJavaScript() ?? {};
    }
    return new Empty();
  }

  private invoke(request: ResourceInvokeRequest): InvokeResponse {
    const args = request.getArgs()?.toJavaScript() ?? {};
    return new InvokeResponse().setReturn(struct(this.plugins.invoke(request.getTok(), args)));
  }
}

/** A refusal reaches the program as a failed call, and whoever reads its complaint. */
function unary<Request, Response>(answer: (request: Request) => Response): grpc.handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    try {
      callback(null, answer(request));
    } catch (error) {
      callback({ code: grpc.status.UNKNOWN, details: (error as Error).message });
    }
  };
}

function struct(fields: Fields): Struct {
  return Struct.fromJavaScript(fields as Record<string, JavaScriptValue>);
}
