import assert from "node:assert/strict";
import { CloudWatchService } from "../../../local/cloudwatch/cloudWatchService";
import { Feed, type Mail } from "../../../local/feed";
import { Inbox } from "../../../local/sns/inbox";
import { SnsService } from "../../../local/sns/snsService";
import { ManualClock } from "../manualClock";
import { cloud, resource } from "../serviceFixture";

describe("an alarm whose topic an operator subscribed to by mail", () => {
  it("arrives in the inbox, whatever the length of its name", async () => {
    const around = { cloud, clock: new ManualClock(), feed: new Feed() };
    const mails: Mail[] = [];
    around.feed.on("mail", (mail) => mails.push(mail));
    const invoker = { invokeLater: () => "", permits: () => false };
    const sns = new SnsService({ ...around, queues: { send: () => undefined }, invoker, inbox: new Inbox(around) });
    const cloudWatch = new CloudWatchService({
      ...around,
      queues: () => [],
      publish: (topicArn, notification) => void sns.publish(topicArn, notification),
    });
    const topic = resource(sns, "aws:sns/topic:Topic", { name: "operators" });
    const topicArn = String(topic.outputs["arn"]);
    await sns.realise(topic);
    const subscription = { topic: topicArn, protocol: "email", endpoint: "ops@example.com" };
    await sns.realise(resource(sns, "aws:sns/topicSubscription:TopicSubscription", subscription));
    const alarm = {
      ...{
        name: `orders-${"x".repeat(150)}`,
        namespace: "AWS/SQS",
        metricName: "NumberOfMessagesSent",
        statistic: "Sum",
      },
      ...{
        dimensions: { QueueName: "dead" },
        period: 60,
        evaluationPeriods: 1,
        threshold: 1,
        alarmActions: [topicArn],
      },
      comparisonOperator: "GreaterThanOrEqualToThreshold",
    };
    await cloudWatch.realise(resource(cloudWatch, "aws:cloudwatch/metricAlarm:MetricAlarm", alarm));
    await cloudWatch.start();
    around.feed.emit("message", { queue: "dead", messageId: "1", what: "sent", receiveCount: 0 });
    await around.clock.advance(61);
    await cloudWatch.stop();
    await sns.stop();
    assert.deepEqual(
      mails.map(({ to, subject }) => [to, subject.slice(0, 14)]),
      [["ops@example.com", 'ALARM: "orders']],
    );
    assert.equal(JSON.parse(mails[0]?.body ?? "").NewStateValue, "ALARM");
  });
});
