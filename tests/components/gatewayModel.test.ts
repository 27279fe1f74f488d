import assert from "node:assert/strict";
import * as Type from "@sinclair/typebox";
import { gatewayModel } from "../../components/gatewayModel";

describe("gatewayModel", () => {
  it("keeps what JSON Schema draft 4 knows", () => {
    const schema = Type.Object(
      { lines: Type.Array(Type.Object({ qty: Type.Integer({ minimum: 1 }) }), { minItems: 1 }) },
      { additionalProperties: false },
    );
    assert.deepEqual(gatewayModel(schema), {
      type: "object",
      required: ["lines"],
      additionalProperties: false,
      properties: {
        lines: {
          ...{ type: "array", minItems: 1 },
          items: { type: "object", required: ["qty"], properties: { qty: { type: "integer", minimum: 1 } } },
        },
      },
    });
  });

  it("takes a property that is called like a keyword for what it is", () => {
    const schema = Type.Object({ format: Type.String(), default: Type.String() });
    assert.deepEqual(Object.keys(gatewayModel(schema)["properties"] as object), ["format", "default"]);
  });

  const refused: [what: string, schema: object][] = [
    ["const: ", Type.Literal("a")],
    ["exclusiveMinimum: ", Type.Number({ exclusiveMinimum: 0 })],
    ["format: ", Type.String({ format: "date-time" })],
    ["anyOf: ", Type.Union([Type.String(), Type.Number()])],
    ["default: ", Type.Object({ deep: Type.String({ default: "" }) })],
  ];
  for (const [keyword, schema] of refused) {
    it(`refuses ${keyword.slice(0, -2)}, which the gateway refuses or ignores`, () => {
      assert.throws(() => gatewayModel(schema), { message: new RegExp(`^API Gateway cannot check "${keyword}`) });
    });
  }
});
