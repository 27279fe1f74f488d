import type { ApiOperation, Integration, RequiredParameter } from "./apiDefinition";
import type { BodyModel, Models } from "./bodyModel";
import { readFunctionIntegration } from "./functionIntegration";
import type { JsonPlace } from "./jsonPlace";
import { readMockIntegration } from "./mockIntegration";

const knownInOperation = [
  ...["tags", "summary", "description", "operationId", "externalDocs", "deprecated"],
  ...["parameters", "requestBody", "responses", "security"],
  "x-amazon-apigateway-integration",
  "x-amazon-apigateway-request-validator",
];

interface OperationPlace {
  readonly method: string;
  readonly resourcePath: string;
  readonly operation: JsonPlace;
  /** The parameters of the path item. */
  readonly shared: JsonPlace;
}

interface Validator {
  readonly body: boolean;
  readonly parameters: boolean;
}

/** Reads the operations of one OpenAPI document. */
export class OperationReader {
  constructor(
    private readonly root: JsonPlace,
    private readonly models: Models,
  ) {}

  /** The operation, or nothing when it cannot be read; why is noted at its place. */
  read({ method, resourcePath, operation, shared }: OperationPlace): readonly ApiOperation[] {
    operation.knows(knownInOperation);
    const validator = this.validatorOf(operation);
    const parameters = this.requiredParameters([...shared.elements(), ...operation.get("parameters").elements()]);
    const bodyModels = this.bodyModels(operation.get("requestBody").resolved());
    this.checkResponses(operation);
    const integration = this.integrationOf(operation);
    if (integration === undefined) return [];
    return [
      {
        method,
        resourcePath,
        ...this.proofsOf(operation.get("security")),
        requiredParameters: validator.parameters ? parameters : [],
        bodyModels: validator.body ? bodyModels : new Map<string, BodyModel>(),
        integration,
      },
    ];
  }

  private validatorOf(operation: JsonPlace): Validator {
    const own = operation.get("x-amazon-apigateway-request-validator");
    const chosen = own.exists ? own : this.root.get("x-amazon-apigateway-request-validator");
    const name = chosen.text();
    if (name === undefined) return { body: false, parameters: false };
    const validator = this.root.get("x-amazon-apigateway-request-validators").get(name);
    if (!validator.exists)
      chosen.refuse(`names "${name}", which x-amazon-apigateway-request-validators does not have.`);
    validator.knows(["validateRequestBody", "validateRequestParameters"]);
    return {
      body: validator.get("validateRequestBody").flag() ?? false,
      parameters: validator.get("validateRequestParameters").flag() ?? false,
    };
  }

  private requiredParameters(places: readonly JsonPlace[]): readonly RequiredParameter[] {
    return places.flatMap((reference) => {
      const place = reference.resolved();
      const name = place.get("name").text();
      const where = place.get("in").text();
      if (name === undefined || (where !== "header" && where !== "query" && where !== "path")) {
        place.refuse("must have a name, and be in header, query or path.");
        return [];
      }
      return place.get("required").flag() === true ? [{ name, in: where }] : [];
    });
  }

  private bodyModels(requestBody: JsonPlace): ReadonlyMap<string, BodyModel> {
    const models = new Map<string, BodyModel>();
    for (const [mediaType, content] of requestBody.get("content").members()) {
      const schema = content.get("schema");
      if (schema.exists) models.set(mediaType.toLowerCase(), this.models.model(schema));
    }
    return models;
  }

  private checkResponses(operation: JsonPlace): void {
    for (const [, reference] of operation.get("responses").members()) {
      for (const [, content] of reference.resolved().get("content").members()) {
        const schema = content.get("schema");
        const type = schema.resolved().get("type");
        if (typeof type.value === "string" && !["object", "array"].includes(type.value)) {
          schema.refuse("must be of an object type: API Gateway takes no primitive as a response.");
        }
        if (schema.exists) this.models.check(schema);
      }
    }
  }

  private proofsOf(security: JsonPlace): Pick<ApiOperation, "requiresApiKey" | "requiresSignature"> {
    const names = security.elements().flatMap((requirement) => requirement.members());
    const proofs = names.map(([name, place]) => {
      const scheme = this.root.get("components").get("securitySchemes").get(name);
      if (!scheme.exists) place.refuse("is not among components.securitySchemes.");
      const kind = "x-amazon-apigateway-authtype";
      scheme.knows(
        ["type", "name", "in", "description", kind],
        "is not supported here: callers have an API key, or sign.",
      );
      const isSigned = scheme.get(kind).exists;
      const header = isSigned ? "Authorization" : "x-api-key";
      const inHeader = scheme.get("type").text() === "apiKey" && scheme.get("in").text() === "header";
      if (!inHeader || scheme.get("name").text()?.toLowerCase() !== header.toLowerCase()) {
        scheme.refuse(`must be {"type":"apiKey","name":"${header}","in":"header"}.`);
      }
      if (isSigned && scheme.get(kind).text() !== "awsSigv4") scheme.get(kind).refuse("can only be awsSigv4 here.");
      return isSigned;
    });
    return { requiresApiKey: proofs.includes(false), requiresSignature: proofs.includes(true) };
  }

  private integrationOf(operation: JsonPlace): Integration | undefined {
    const place = operation.get("x-amazon-apigateway-integration");
    if (!place.exists) {
      operation.refuse("has no x-amazon-apigateway-integration: API Gateway deploys no method without one.");
      return undefined;
    }
    const type = place.get("type").text()?.toLowerCase();
    if (type === "aws_proxy") return readFunctionIntegration(place);
    if (type === "mock") return readMockIntegration(place, operation.get("responses"));
    place.get("type").refuse(`must be aws_proxy or mock here, not ${JSON.stringify(place.get("type").value)}.`);
    return undefined;
  }
}
