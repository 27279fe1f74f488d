import type { Target } from "@aws-sdk/client-eventbridge";

/**
 * What a rule's target gets of an event: the whole, a constant, or the part that a path of plain names points at.
 * Undefined for a transformer, which only EventBridge knows to apply.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
 */
export function renderedFor({ Input, InputPath, InputTransformer }: Target, event: object): string | undefined {
  if (InputTransformer !== undefined) return undefined;
  if (Input !== undefined) return Input;
  if (InputPath === undefined) return JSON.stringify(event);
  if (!/^\$(\.[\w-]+)*$/.test(InputPath)) return undefined;
  const names = InputPath.split(".").slice(1);
  const part = names.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], event);
  return JSON.stringify(part ?? null);
}
