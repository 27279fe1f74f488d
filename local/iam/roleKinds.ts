import type { RegisteredInputs, ResourceKind } from "../resource";

const named = ({ inputs, physicalName }: RegisteredInputs): string =>
  typeof inputs["name"] === "string" ? inputs["name"] : physicalName;

/** A role, and who may assume it. */
export const roleKind: ResourceKind = {
  type: "aws:iam/role:Role",
  honours: ["name", "assumeRolePolicy"],
  withoutLocalEffect: ["description", "forceDetachPolicies", "maxSessionDuration", "path", "tags"],
  outputs(resource, cloud) {
    const name = named(resource);
    return {
      id: name,
      name,
      arn: `arn:aws:iam::${cloud.accountId}:role/${name}`,
      uniqueId: `AROA${name.toUpperCase()}`,
    };
  },
};

/** A policy within a role. */
export const rolePolicyKind: ResourceKind = {
  type: "aws:iam/rolePolicy:RolePolicy",
  honours: ["name", "role", "policy"],
  withoutLocalEffect: [],
  outputs(resource) {
    const name = named(resource);
    return { id: `${String(resource.inputs["role"])}:${name}`, name };
  },
};

/** A policy of its own, to be attached to roles. */
export const managedPolicyKind: ResourceKind = {
  type: "aws:iam/policy:Policy",
  honours: ["name", "policy"],
  withoutLocalEffect: ["description", "path", "tags"],
  outputs(resource, cloud) {
    const name = named(resource);
    const arn = `arn:aws:iam::${cloud.accountId}:policy/${name}`;
    return { id: arn, arn, name };
  },
};

/** Attaches a policy of the program to a role; AWS's own policies have no stand-in. */
export const attachmentKind: ResourceKind = {
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  honours: ["role", "policyArn"],
  withoutLocalEffect: [],
  outputs: ({ inputs, physicalName }) => ({ id: `${String(inputs["role"])}-${physicalName}` }),
};
