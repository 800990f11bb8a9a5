export interface ErrorDetail {
  readonly resource?: string;
  readonly field?: string;
  readonly code: string;
  readonly message?: string;
}

/** An answer GitHub gives when it refuses: thrown by a handler, printed by the server. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly errors: readonly ErrorDetail[] | undefined;

  constructor(status: number, message: string, errors?: readonly ErrorDetail[]) {
    super(message);
    this.status = status;
    this.errors = errors;
  }

  body(): Record<string, unknown> {
    return {
      message: this.message,
      ...(this.errors && { errors: this.errors }),
      documentation_url: "https://docs.github.com/rest",
      status: String(this.status),
    };
  }
}

export const notFound = (): ApiError => new ApiError(404, "Not Found");

export const notAccessible = (): ApiError => new ApiError(403, "Resource not accessible by integration");

export const invalid = (message: string): ApiError => new ApiError(422, message);

export function validationFailed(detail: ErrorDetail): ApiError {
  return new ApiError(422, "Validation Failed", [detail]);
}
