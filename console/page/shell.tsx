import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { path, segments } from "./location";
import { FaultsView } from "./faults/faultsView";
import { FlowView } from "./flow/flowView";
import { OperateView } from "./operate/operateView";
import { OrderView } from "./order/orderView";
import { OrdersView } from "./orders/ordersView";
import { StatusBar } from "./statusBar";
import { connection, pipeline } from "./store";
import { TryView } from "./try/tryView";
import { Notice } from "./parts/notice";

const VIEWS = [
  ["flow", "Flow"],
  ["orders", "Orders"],
  ["try", "Try it"],
  ["break", "Break it"],
  ["operate", "Operate"],
] as const;

/** The frame of every view: where one can go, and how the pipeline is. */
export function Shell() {
  const [view = "flow"] = segments.value;
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href="/flow">
          <img src="/icon.svg" alt="" width="24" height="24" />
          <strong>Orderflow</strong>
          <span class="stack">{pipeline.value?.stack}</span>
        </a>
        <nav aria-label="Views">
          {VIEWS.map(([id, name]) => (
            <a key={id} href={`/${id}`} aria-current={view === id ? "page" : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <StatusBar />
      </header>
      <Lost />
      <Content>{pipeline.value === undefined ? <Opening /> : <View />}</Content>
    </>
  );
}

function View() {
  const [view = "flow", id] = segments.value;
  switch (view) {
    case "flow":
      return <FlowView />;
    case "orders":
      return id === undefined ? <OrdersView /> : <OrderView key={id} orderId={id} />;
    case "try":
      return <TryView />;
    case "break":
      return <FaultsView />;
    case "operate":
      return <OperateView />;
    default:
      return (
        <Notice title="There is no such view">
          <a href="/flow">Go to the flow</a>
        </Notice>
      );
  }
}

/** Says to screen readers where one has come when the view changes. */
function Content({ children }: { readonly children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const view = segments.value.slice(0, 2).join("/");
  useEffect(() => {
    const name = VIEWS.find(([id]) => path.peek().startsWith(`/${id}`))?.[1] ?? "Flow";
    document.title = `${name} – Orderflow`;
    if (!first.current && !view.startsWith("flow/")) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [view]);
  return (
    <main id="content" ref={main} tabIndex={-1}>
      {children}
    </main>
  );
}

function Opening() {
  if (connection.value === "lost") return <p class="starting">The pipeline does not answer.</p>;
  return <p class="starting">Opening the console…</p>;
}

function Lost() {
  if (connection.value !== "lost") return null;
  return (
    <p class="lost" role="alert">
      <strong>Not connected.</strong> What you see is what was last known. Was the pipeline stopped?{" "}
      <code>npm start</code> starts it again, and this page goes on by itself.
    </p>
  );
}
