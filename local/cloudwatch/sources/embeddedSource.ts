import type { Clock, Release } from "../../clock";
import type { Feed } from "../../feed";
import { readEmbedded } from "../embeddedMetrics";
import type { MetricStore } from "../metricStore";
import { recorder } from "./recorder";

/** Embedded metrics of every line that is written to a log group; what is wrong with one is counted, and told. */
export function embeddedMetrics(feed: Feed, store: MetricStore, clock: Clock): readonly Release[] {
  const record = recorder(store, "AWS/Logs");
  return [
    feed.on("log", ({ group, message }) => {
      const nowMs = clock.now();
      const embedded = readEmbedded(message, nowMs);
      if (embedded.kind === "none") return;
      if (embedded.kind === "metrics") {
        for (const datum of embedded.data) store.add(datum);
        return;
      }
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html
      const name = embedded.kind === "parsingError" ? "EMFParsingErrors" : "EMFValidationErrors";
      record(name, { LogGroupName: group }, { timeMs: nowMs, value: 1 });
      feed.emit("trouble", { where: `embedded metrics in ${group}`, message: embedded.reason });
    }),
  ];
}
