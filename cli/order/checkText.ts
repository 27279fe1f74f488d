import type { Checked } from "./check";
import type { Comparison } from "./comparison";
import { counted } from "./plainWords";

/** What comparing one order with its trail came to. */
export function comparisonText({ orderId, outcome, events, differences }: Comparison): string {
  const told = counted(events, "event");
  switch (outcome) {
    case "SAME":
      return `Order ${orderId}: its ${told} say the same as the table.`;
    case "UNDER_WAY":
      return `Order ${orderId} is under way, and its trail of ${told} is behind it. So far it says the same as the table.`;
    case "DIFFERS":
      return [
        `Order ${orderId}: its ${told} do not say what the table says.`,
        ...differences.map(
          ({ what, trail, table }) => `  ${what}: ${shown(trail)} in the trail, ${shown(table)} in the table`,
        ),
      ].join("\n");
  }
}

/** What comparing all orders came to; those that differ one by one, and the count. */
export function checkedText({ orders, same, underWay, differing }: Checked): string {
  const counts = [
    `${same} as their trail says`,
    `${underWay} under way`,
    `${differing.length} not as their trail says`,
  ];
  return [...differing.map(comparisonText), `${counted(orders, "order")}: ${counts.join(", ")}.`].join("\n");
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
