/** Where to read on in each partition; offsets are text, because they exceed what a number can hold exactly. */
export type Offsets = Readonly<Record<string, string>>;

export interface StreamRecord {
  readonly partition: number;
  readonly offset: string;
  readonly timestamp: Date;
  readonly key: Uint8Array | undefined;
  /** Undefined for a tombstone: the key is deleted. */
  readonly value: Uint8Array | undefined;
}

/** When to stop: at whichever comes first. The end of the topic as it was at the start always ends it. */
export interface StreamLimit {
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** A topic of a message broker, read from stored offsets to a bounded end. */
export interface EventStream {
  /**
   * Hands over every record from `from` (the earliest there is where a partition has none) until the limit, each once
   * and in order within its partition.
   * @returns the offsets to read on from
   * @throws UserError STREAM_UNAVAILABLE, TOPIC_MISSING, OFFSET_OUT_OF_RANGE
   */
  read(from: Offsets, limit: StreamLimit, onRecord: (record: StreamRecord) => Promise<void>): Promise<Offsets>;
  /** Tells the broker how far we are, for its own monitoring; the truth is the dataset record. */
  commit(offsets: Offsets): Promise<void>;
  close(): Promise<void>;
  readonly description: string;
}
