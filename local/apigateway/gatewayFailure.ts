/**
 * The kinds of answer that API Gateway gives of its own accord, with their status, error type and text.
 * Statuses: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const failures = {
  ACCESS_DENIED: [403, "AccessDeniedException", "Forbidden"],
  API_CONFIGURATION_ERROR: [500, "InternalServerErrorException", "Internal server error"],
  AUTHORIZER_CONFIGURATION_ERROR: [500, "InternalServerErrorException", "Internal server error"],
  AUTHORIZER_FAILURE: [500, "InternalServerErrorException", "Internal server error"],
  BAD_REQUEST_BODY: [400, "BadRequestException", "Invalid request body"],
  BAD_REQUEST_PARAMETERS: [400, "BadRequestException", "Invalid request parameters"],
  DEFAULT_4XX: [400, "BadRequestException", "Bad Request"],
  DEFAULT_5XX: [500, "InternalServerErrorException", "Internal server error"],
  EXPIRED_TOKEN: [403, "ExpiredTokenException", "The security token included in the request is expired"],
  INTEGRATION_FAILURE: [504, "InternalServerErrorException", "Internal server error"],
  INTEGRATION_TIMEOUT: [504, "InternalServerErrorException", "Endpoint request timed out"],
  INVALID_API_KEY: [403, "ForbiddenException", "Forbidden"],
  INVALID_SIGNATURE: [403, "InvalidSignatureException", "Forbidden"],
  MISSING_AUTHENTICATION_TOKEN: [403, "MissingAuthenticationTokenException", "Missing Authentication Token"],
  QUOTA_EXCEEDED: [429, "LimitExceededException", "Limit Exceeded"],
  REQUEST_TOO_LARGE: [413, "RequestTooLargeException", "Request Too Long"],
  RESOURCE_NOT_FOUND: [404, "NotFoundException", "Not Found"],
  THROTTLED: [429, "TooManyRequestsException", "Too Many Requests"],
  UNAUTHORIZED: [401, "UnauthorizedException", "Unauthorized"],
  UNSUPPORTED_MEDIA_TYPE: [415, "UnsupportedMediaTypeException", "Unsupported Media Type"],
  WAF_FILTERED: [403, "ForbiddenException", "Forbidden"],
} as const satisfies Record<string, readonly [status: number, errorType: string, message: string]>;

/** API Gateway's name of one kind of its own answers. */
export type GatewayResponseType = keyof typeof failures;

/** Whether API Gateway has an answer of this name. */
export function isGatewayResponseType(name: string): name is GatewayResponseType {
  return Object.hasOwn(failures, name);
}

/** A request that API Gateway itself answers, instead of an integration; becomes a gateway response. */
export class GatewayFailure extends Error {
  readonly status: number;
  /** What the response header `x-amzn-ErrorType` says. */
  readonly errorType: string;
  /** The violations of a model, in brackets; `$context.error.validationErrorString`. */
  readonly validationErrorString: string | undefined;
  /** What went wrong, for the operator alone: the feed shows it, the client never sees it. */
  readonly trouble: string | undefined;

  constructor(
    readonly responseType: GatewayResponseType,
    more: {
      readonly message?: string;
      readonly status?: number;
      readonly errorType?: string;
      readonly validationErrorString?: string;
      readonly trouble?: string;
    } = {},
  ) {
    const [status, errorType, message] = failures[responseType];
    super(more.message ?? message);
    this.name = "GatewayFailure";
    this.status = more.status ?? status;
    this.errorType = more.errorType ?? errorType;
    this.validationErrorString = more.validationErrorString;
    this.trouble = more.trouble;
  }
}
