import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { RULES } from "../../policies/rules";
import * as types from "../../policies/resourceTypes";
import { AWS_SOLUTIONS, FSBP } from "./controls";
import { policiesDoc, rulesOf } from "./policiesDoc";
import { dev, prod } from "./realProgram";

const file = join(__dirname, "../../docs/policies.md");

describe("docs/policies.md", () => {
  it("says what the rules say (npm run policy:docs writes it anew)", async () => {
    const expected = await format(policiesDoc(), { ...(await resolveConfig(file)), parser: "markdown" });
    assert.equal(readFileSync(file, "utf8"), expected);
  });

  it("has for every control a rule or a reason why not", () => {
    for (const control of [...AWS_SOLUTIONS, ...FSBP]) {
      assert.notEqual(rulesOf(control).length > 0, control.not !== undefined, control.id);
    }
  });

  it("knows every control that a rule claims", () => {
    const known = new Set([...AWS_SOLUTIONS, ...FSBP].map(({ id }) => id));
    assert.deepEqual(
      RULES.flatMap(({ controls }) => controls).filter((id) => !known.has(id)),
      [],
    );
  });

  it("is about types of resources that exist, and says of the program's others that no control is", async function () {
    this.timeout(240_000);
    const judged = new Set<string>(Object.values(types));
    const made = [...(await dev()).resources, ...(await prod()).resources].filter(({ custom }) => custom);
    const others = new Set(made.map(({ type }) => type).filter((type) => !judged.has(type)));
    assert.deepEqual([...others].sort(), WITHOUT_CONTROLS);
    const unused = [...judged].filter((type) => !RULES.some((rule) => rule.types.includes(type)));
    const companions = unused.filter((type) => !made.some((resource) => resource.type === type));
    assert.deepEqual(companions, ["aws:s3/bucketLogging:BucketLogging"]);
  });
});

/** Types of the program that neither framework has a control for, or only tags. */
const WITHOUT_CONTROLS = [
  "aws:apigateway/account:Account",
  "aws:apigateway/apiKey:ApiKey",
  "aws:apigateway/deployment:Deployment",
  "aws:apigateway/usagePlan:UsagePlan",
  "aws:apigateway/usagePlanKey:UsagePlanKey",
  "aws:cloudwatch/dashboard:Dashboard",
  "aws:cloudwatch/eventArchive:EventArchive",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:kms/alias:Alias",
  "aws:lambda/invocation:Invocation",
  "aws:rds/subnetGroup:SubnetGroup",
  "aws:sesv2/emailIdentity:EmailIdentity",
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
  "aws:xray/samplingRule:SamplingRule",
];
