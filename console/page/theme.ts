import { effect, signal } from "@preact/signals";

export type Theme = "light" | "dark" | "system";

const KEY = "orderflow-theme";

/** What the visitor chose; by default what the system says. */
export const theme = signal<Theme>(kept());

/** Whether the page is dark now: charts draw their own colours. */
export const dark = signal(false);

/** Lets the choice take effect, now and whenever it changes. */
export function applyTheme(): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const follow = (): void => {
    dark.value = theme.value === "dark" || (theme.value === "system" && system.matches);
    document.documentElement.dataset["theme"] = dark.value ? "dark" : "light";
  };
  system.addEventListener("change", follow);
  effect(() => {
    follow();
    localStorage.setItem(KEY, theme.value);
  });
}

function kept(): Theme {
  const text = localStorage.getItem(KEY);
  return text === "light" || text === "dark" ? text : "system";
}

/** Whether the visitor's system asks for less motion. */
export function motionReduced(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
