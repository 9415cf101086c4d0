/** Every way in which a call can fail, in one shape. `status` 0 means that no answer came. */
export class ApiError extends Error {
  /** @param {{status: number, code: string, message: string, details?: object, retryAfterSeconds?: number}} parts */
  constructor({ status, code, message, details = {}, retryAfterSeconds = 0 }) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.details = details ?? {};
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** @returns {{path: string, message: string, rule?: string}[]} the fields that the server did not accept */
  get fields() {
    if (Array.isArray(this.details.fields)) return this.details.fields;
    // What is taken already names its one field.
    return typeof this.details.field === 'string' ? [{ path: this.details.field, message: this.message }] : [];
  }

  get isUnreachable() {
    return this.status === 0;
  }

  get isTemporary() {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/** @param {Response} response @returns {Promise<ApiError>} */
export async function errorFrom(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    body = {}; // not from Ward (a proxy's page): the status says all that is known
  }
  return new ApiError({
    status: response.status,
    code: typeof body.code === 'string' ? body.code : `HTTP_${response.status}`,
    message: typeof body.error === 'string' ? body.error : '',
    details: body.details,
    retryAfterSeconds: Number.parseInt(response.headers.get('Retry-After') ?? '', 10) || 0,
  });
}
