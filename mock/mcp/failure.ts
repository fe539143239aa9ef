/** A call that cannot be done, with the code that the deployment gives it. */
export class McpFailure extends Error {
  override readonly name = 'McpFailure';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
