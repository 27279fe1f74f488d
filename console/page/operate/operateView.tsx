import { segments } from "../location";
import { Alarms } from "./alarms";
import { Dashboard } from "./dashboard";
import { InventoryTable } from "./inventoryTable";
import { Letters } from "./letters";
import { MailBox } from "./mailBox";

const PAGES = [
  ["letters", "Dead letters", Letters],
  ["alarms", "Alarms", Alarms],
  ["dashboard", "Dashboard", Dashboard],
  ["inbox", "Inbox", MailBox],
  ["inventory", "Inventory", InventoryTable],
] as const;

/** What an operator does. */
export function OperateView() {
  const [, wanted] = segments.value;
  const [shown, , Page] = PAGES.find(([id]) => id === wanted) ?? PAGES[0];
  return (
    <section aria-labelledby="operate-title">
      <div class="title-line">
        <h1 id="operate-title">Operate</h1>
        <nav class="tabs links" aria-label="What to operate">
          {PAGES.map(([id, name]) => (
            <a key={id} href={`/operate/${id}`} aria-current={id === shown ? "page" : undefined}>
              {name}
            </a>
          ))}
        </nav>
      </div>
      <Page />
    </section>
  );
}
