import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { CLIENT_SETTINGS } from "./clientSettings";

let database: DynamoDBDocumentClient | undefined;

/** The one DynamoDB client of a function, made on first use: adapters share its connections. */
export function dynamoDb(): DynamoDBDocumentClient {
  database ??= documents(new DynamoDBClient(CLIENT_SETTINGS));
  return database;
}

/** A client that speaks plain objects; fields that are undefined are not stored. */
export function documents(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
