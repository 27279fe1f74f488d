import type { Context } from "aws-lambda";

/** As much of a Lambda context as an entry looks at. */
export const aContext = {
  awsRequestId: "request-1",
  functionName: "function-1",
  memoryLimitInMB: "256",
  invokedFunctionArn: "arn:aws:lambda:eu-west-1:000000000000:function:function-1",
  functionVersion: "$LATEST",
} as Context;
