/** An S3 server of this machine, started for one suite. */
export interface S3Server {
  readonly endpoint: string;
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string };
  stop(): Promise<void>;
}
