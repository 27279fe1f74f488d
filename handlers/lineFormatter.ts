import { LogFormatter, LogItem } from "@aws-lambda-powertools/logger";
import type { LogAttributes, UnformattedAttributes } from "@aws-lambda-powertools/logger/types";

/**
 * Lines of the log with what is not known without them. Each byte is paid for by the million of orders: the trace's id
 * stands in lines of an invocation that is traced, where there is something to find by it, and the share of invocations
 * that write more lines than others stands in none.
 */
export class LineFormatter extends LogFormatter {
  override formatAttributes(attributes: UnformattedAttributes, additional: LogAttributes): LogItem {
    const { logLevel, message, timestamp, serviceName, xRayTraceId } = attributes;
    const line = {
      ...{ level: logLevel, message, timestamp: this.formatTimestamp(timestamp), service: serviceName },
      ...(isTraced() && { xray_trace_id: xRayTraceId }),
    };
    return new LogItem({ attributes: line }).addAttributes(additional);
  }
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
function isTraced(): boolean {
  return process.env["_X_AMZN_TRACE_ID"]?.includes("Sampled=1") ?? false;
}
