import { firstText, isFields } from "../operationInput";
import type { Permission } from "../iam/access";
import type { Cloud } from "../resource";
import { busArn, busName, ruleArn } from "./eventBus";

/**
 * What IAM asks of a caller: for each entry of PutEvents by itself, with the condition keys that its event sets.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
 */
export function permissionsOf(operation: string, input: Record<string, unknown>, cloud: Cloud): readonly Permission[] {
  const { region, accountId } = cloud;
  const action = `events:${operation}`;
  if (operation === "PutEvents") {
    const entries: readonly unknown[] = Array.isArray(input["Entries"]) ? input["Entries"] : [];
    return entries.filter(isFields).map(({ EventBusName, Source, DetailType }) => ({
      action,
      resource: busArn(region, accountId, busName(firstText(EventBusName))),
      context: {
        ...(typeof Source === "string" && { "events:source": [Source] }),
        ...(typeof DetailType === "string" && { "events:detail-type": [DetailType] }),
      },
    }));
  }
  const [name, bus] = [firstText(input["Name"], input["Rule"]), firstText(input["EventBusName"])];
  if (/EventBus$/.test(operation)) return [{ action, resource: busArn(region, accountId, busName(name)) }];
  if (name === undefined || !/Rule$|Rule/.test(operation)) return [{ action, resource: "*" }];
  return [{ action, resource: ruleArn(region, accountId, { bus: busName(bus), rule: name }) }];
}
