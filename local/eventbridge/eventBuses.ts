import type { Clock } from "../clock";
import type { BusEvent, Feed } from "../feed";
import type { Cloud } from "../resource";
import { Archive, type ArchiveSettings } from "./archive";
import { Delivery, type Destinations, type Publication } from "./delivery";
import { resourceNotFound } from "./eventBridgeError";
import { busArn, busName, DEFAULT_BUS, type EventBus, type Rule } from "./eventBus";

export interface EventBusesOptions {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly random: () => number;
  readonly destinations: Destinations;
}

/** The buses of the account and what happens to an event that one of them gets. */
export class EventBuses {
  readonly archives = new Map<string, Archive>();
  private readonly buses = new Map<string, EventBus>();
  private readonly delivery: Delivery;

  constructor(private readonly options: EventBusesOptions) {
    const { clock, feed, random, destinations } = options;
    this.delivery = new Delivery(destinations, {
      clock,
      feed,
      random,
      forward: (arn, publication) => this.publish(this.bus(arn), publication),
    });
    this.create(DEFAULT_BUS, undefined);
  }

  all(): readonly EventBus[] {
    return [...this.buses.values()];
  }

  /** @throws Error when there is one of that name */
  create(name: string, description: string | undefined): EventBus {
    if (this.buses.has(name)) throw new Error(`an event bus named ${name} exists already.`);
    const { cloud, clock } = this.options;
    const arn = busArn(cloud.region, cloud.accountId, name);
    const bus: EventBus = { name, arn, description, createdMs: clock.now(), rules: new Map(), policy: undefined };
    this.buses.set(name, bus);
    return bus;
  }

  find(nameOrArn: string | undefined): EventBus | undefined {
    return this.buses.get(busName(nameOrArn));
  }

  /** The bus of that name or ARN, the default bus when absent; throws ResourceNotFoundException. */
  bus(nameOrArn: string | undefined): EventBus {
    const bus = this.find(nameOrArn);
    if (bus === undefined) throw resourceNotFound(`Event bus ${busName(nameOrArn)}`);
    return bus;
  }

  rule(nameOrArn: string | undefined, ruleName: string): Rule {
    const bus = this.bus(nameOrArn);
    const rule = bus.rules.get(ruleName);
    if (rule === undefined) throw resourceNotFound(`Rule ${ruleName} on EventBus ${bus.name}`);
    return rule;
  }

  addArchive(settings: ArchiveSettings): void {
    if (this.archives.has(settings.name)) throw new Error(`an archive named ${settings.name} exists already.`);
    this.archives.set(settings.name, new Archive(settings));
  }

  /**
   * Takes an event on: archives it, and begins its delivery by every rule that matches.
   *
   * @param ruleArns only these rules; absent, all of the bus
   */
  publish(bus: EventBus, publication: Publication, ruleArns?: ReadonlySet<string>): void {
    const { event } = publication;
    this.options.feed.emit("busEvent", { bus: bus.name, event });
    if (event["replay-name"] === undefined) this.archive(bus, event);
    for (const rule of bus.rules.values()) {
      const chosen = ruleArns === undefined || ruleArns.has(rule.arn);
      if (chosen && rule.enabled && rule.pattern?.matches(event) === true) this.trigger(rule, publication);
    }
  }

  /** Begins the delivery to every target of a rule. */
  trigger(rule: Rule, publication: Publication): void {
    const { feed, clock } = this.options;
    feed.emit("ruleDelivery", { bus: rule.busName, rule: rule.name, what: "triggered", timeMs: clock.now() });
    for (const target of rule.targets.values()) this.delivery.begin(publication, rule, target);
  }

  stop(): void {
    this.delivery.stop();
  }

  private archive(bus: EventBus, event: BusEvent): void {
    for (const archive of this.archives.values()) {
      if (archive.settings.sourceArn !== bus.arn || !archive.offer(event)) continue;
      const text = JSON.stringify(event);
      const quantity = Buffer.byteLength(text);
      const { name: resource } = archive.settings;
      this.options.feed.emit("billed", { unit: "archiveByte", resource, quantity, about: () => text });
    }
  }
}
