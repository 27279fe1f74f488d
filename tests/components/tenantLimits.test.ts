import assert from "node:assert/strict";
import { TenantKeys } from "../../components/tenantKeys";
import { TenantLimits } from "../../components/tenantLimits";
import { deploy, only, valueOf } from "./deployment";

const stack = { burst: 100, ratePerSecond: 10 };

describe("TenantLimits", () => {
  it("keeps one item for each tenant, which expires, in an encrypted table that may be lost", async () => {
    const { resources } = await deploy(() => new TenantLimits("limits", { ...stack, tenants: [{ name: "acme" }] }));
    const { inputs } = only(resources, "limits-table");
    assert.deepEqual([inputs["hashKey"], inputs["rangeKey"]], ["tenantId", undefined]);
    assert.deepEqual(inputs["ttl"], { attributeName: "expiresAt", enabled: true });
    assert.deepEqual(inputs["serverSideEncryption"], { enabled: true });
    assert.deepEqual([inputs["pointInTimeRecovery"], inputs["deletionProtectionEnabled"]], [{ enabled: false }, false]);
    assert.equal(inputs["billingMode"], "PAY_PER_REQUEST");
  });

  it("lets a tenant's own limits replace those of the stack, each by itself", async () => {
    const tenants = [{ name: "acme" }, { name: "globex", burst: 500 }, { name: "umbrella", ratePerSecond: 1 }];
    const { built } = await deploy(() => new TenantLimits("limits", { ...stack, tenants }));
    assert.deepEqual(built.limits, {
      acme: { burst: 100, ratePerSecond: 10 },
      globex: { burst: 500, ratePerSecond: 10 },
      umbrella: { burst: 100, ratePerSecond: 1 },
    });
  });

  it("lets who takes orders write, and who looks read, and nothing else", async () => {
    const { built } = await deploy(() => new TenantLimits("limits", { ...stack, tenants: [] }));
    const [take, look] = [built.canTake(), built.canLook()];
    assert.deepEqual([take.actions, look.actions], [["dynamodb:UpdateItem"], ["dynamodb:GetItem"]]);
    for (const { resources } of [take, look]) {
      assert.deepEqual(await Promise.all(resources.map((arn) => valueOf(arn as never))), [
        "arn:aws:mock:eu-central-1:123456789012:limits-table",
      ]);
    }
  });

  it("names every wrong limit in one error", async () => {
    const tenants = [{ name: "acme", burst: 0 }];
    await assert.rejects(
      deploy(() => new TenantLimits("limits", { burst: 100_001, ratePerSecond: 1001, tenants })),
      {
        message:
          'TenantLimits "limits": burst must be a whole number from 1 to 100000, not 100001; ratePerSecond must be a ' +
          "whole number from 1 to 1000, not 1001: one item takes no more writes a second; acme.burst must be a whole " +
          "number from 1 to 100000, not 0.",
      },
    );
  });
});

describe("TenantKeys", () => {
  const requests = { burst: 200, ratePerSecond: 50, perMonth: 0 };

  it("puts each key on a plan with the throttle of all, and with a quota unless there is none", async () => {
    const tenants = [{ name: "acme" }, { name: "free", requestsPerMonth: 0 }, { name: "big", requestsPerMonth: 9000 }];
    const { resources } = await deploy(() => {
      const keys = new TenantKeys("tenants", { tenants, requests: { ...requests, perMonth: 500 } });
      keys.admitTo({ apiId: "api", stageName: "v1" });
      return keys;
    });
    const quotas = ["acme", "free", "big"].map((tenant) => {
      const { apiStages, throttleSettings, quotaSettings } = only(resources, `tenants-${tenant}-plan`).inputs;
      assert.deepEqual(
        [apiStages, throttleSettings],
        [[{ apiId: "api", stage: "v1" }], { burstLimit: 200, rateLimit: 50 }],
      );
      assert.equal(only(resources, `tenants-${tenant}-plan-key`).inputs["keyId"], `tenants-${tenant}-key-id`);
      return quotaSettings;
    });
    assert.deepEqual(quotas, [{ limit: 500, period: "MONTH" }, undefined, { limit: 9000, period: "MONTH" }]);
  });

  it("names every wrong limit in one error", async () => {
    const tenants = [{ name: "acme", requestsPerMonth: -1 }];
    await assert.rejects(
      deploy(() => new TenantKeys("tenants", { tenants, requests: { burst: 5001, ratePerSecond: 0, perMonth: 0 } })),
      {
        message:
          'TenantKeys "tenants": requests.burst must be a whole number from 1 to 5000, not 5001; ' +
          "requests.ratePerSecond must be a whole number from 1 to 10000, not 0; " +
          "acme.requestsPerMonth must be a whole number from 0 to 2000000000, not -1.",
      },
    );
  });
});
