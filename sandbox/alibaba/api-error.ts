/** The errors of the API with their HTTP status and words, exactly as documented: permanent ones come as 500, so only the code tells. */
const documented = {
  assitEmpty: [400, 'Invalid.Parameter.Metering', 'meteringAssit is empty'],
  metering: [500, 'Invalid.Parameter.Metering', 'The specified Metering parameter is invalid.'],
  instance: [500, 'Invalid.Parameter.Instance', 'The specified Instance parameter is invalid.'],
  parameter: [500, 'Invalid.Parameter', 'The specified parameter is invalid.'],
  exceeded: [500, 'Metering.Data.Exceeded', 'The number of metering entities must not exceed 100.'],
  flowControl: [500, 'Service.Flow.Control', 'The rate throttling threshold has been exceeded.'],
  permission: [
    500,
    'Permission.Denied',
    'You are not authorized to perform this operation. Please contact the marketplace to add your account to the API user whitelist.',
  ],
  unknown: [500, 'UnknownError', 'An error occurred while processing your request.'],
  // The gateway's, common to all products.
  actionNotFound: [404, 'InvalidAction.NotFound', 'Specified api is not found, please check your url and method.'],
  versionNotFound: [404, 'InvalidVersion', 'Specified parameter Version is not valid.'],
  accessKeyMissing: [400, 'MissingAccessKeyId', 'AccessKeyId is mandatory for this action.'],
  accessKeyNotFound: [404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.'],
  signature: [400, 'SignatureDoesNotMatch', 'Specified signature is not matched with our calculation.'],
  signatureIncomplete: [400, 'IncompleteSignature', 'The request signature does not conform to Aliyun standards.'],
  timeExpired: [400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.'],
  timeFormat: [400, 'InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.'],
  nonceUsed: [400, 'SignatureNonceUsed', 'Specified signature nonce was used already.'],
} as const satisfies Record<string, readonly [status: number, code: string, message: string]>

export type ApiErrorName = keyof typeof documented

/** Foreseen refusal of an API call. `detail` is added to the documented words where they leave the caller guessing. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  constructor(name: ApiErrorName, detail?: string) {
    const [status, code, message] = documented[name]
    super(detail === undefined ? message : `${message} ${detail}`)
    this.status = status
    this.code = code
  }
}
