/** Answered with status 200 and an `errors` list, as GraphQL does. */
export class GraphqlError extends Error {
  override readonly name = "GraphqlError";
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}
