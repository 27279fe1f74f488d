import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import type { ValidateFunction } from "ajv";
import type { JsonPlace } from "./jsonPlace";
import { type ModelSchema, modelsId, readModelSchema } from "./modelSchema";
import { violations } from "./violations";

/** A model that a request body must match. */
export interface BodyModel {
  /** What is wrong with a body, in API Gateway's words; empty when nothing is. */
  violations(body: unknown): readonly string[];
}

/** The models of one API: `components.schemas`, and the schemas that operations write in place. */
export class Models {
  private readonly ajv = new Ajv({ strict: false, allErrors: true, verbose: true, logger: false });

  constructor(
    definitions: Readonly<Record<string, ModelSchema>>,
    private readonly warn: (keyword: JsonPlace) => void,
  ) {
    addFormats(this.ajv, ["date-time", "email", "hostname", "ipv4", "ipv6", "uri", "regex"]);
    this.ajv.addSchema({ definitions }, modelsId, undefined, false);
  }

  model(place: JsonPlace): BodyModel {
    const validate = this.compile(readModelSchema(place, this.warn), place);
    return {
      violations: (body) => (validate === undefined || validate(body) ? [] : violations(validate.errors ?? [])),
    };
  }

  /** Notes what API Gateway would refuse in a schema that no request is held against. */
  check(place: JsonPlace): void {
    this.compile(readModelSchema(place, this.warn), place);
  }

  compile(schema: ModelSchema, place: JsonPlace): ValidateFunction | undefined {
    try {
      return this.ajv.compile(schema);
    } catch (error) {
      place.refuse(`is not a valid model: ${(error as Error).message}.`);
      return undefined;
    }
  }
}

/** Reads `components.schemas`; each is held against draft 4 even when nothing uses it, as the import does. */
export function readModels(root: JsonPlace, { failOnWarnings }: { readonly failOnWarnings: boolean }): Models {
  const warn = (keyword: JsonPlace): void => {
    if (failOnWarnings) keyword.refuse("is ignored by API Gateway in a model, and failOnWarnings makes that an error.");
  };
  const places = root.get("components").get("schemas").members();
  const schemas = places.map(([name, place]) => {
    if (!/^[A-Za-z0-9]+$/.test(name)) place.refuse("must have an alphanumeric name to be a model of API Gateway.");
    return [name, place, readModelSchema(place, warn)] as const;
  });
  const models = new Models(Object.fromEntries(schemas.map(([name, , schema]) => [name, schema])), warn);
  for (const [, place, schema] of schemas) models.compile(schema, place);
  return models;
}
