import type { PartitionAssigner } from "kafkajs";

type Cluster = Parameters<PartitionAssigner>[0]["cluster"];
type Broker = Awaited<ReturnType<Cluster["findBroker"]>>;

/** A record as kafkajs decodes it, as far as this needs it. */
export interface RawRecord {
  readonly offset: string;
  readonly key: Uint8Array | null;
  isControlRecord: boolean;
  readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean };
}

export interface FetchedPartition {
  readonly messages: readonly RawRecord[];
  /** The broker lists them by where they end, not by where they begin. */
  abortedTransactions: readonly { readonly producerId: string; readonly firstOffset: string }[];
}

const ABORT = 0;

/**
 * Leaves out the records of aborted transactions in place of kafkajs, which lets some through: when transactions
 * overlap, when reading begins inside two of them, and after a record whose key happens to be four zero bytes. The
 * records stay where they are, as control records, so that the offsets behind them are still known.
 */
export function hideAborted(partition: FetchedPartition): void {
  const { abortedTransactions, messages } = partition;
  if (abortedTransactions.length === 0) return;
  partition.abortedTransactions = [];
  const isAborted = abortedIn(abortedTransactions);
  for (const record of messages) if (isAborted(record)) record.isControlRecord = true;
}

/** To be asked for one record after the other, the marks included. */
function abortedIn(transactions: FetchedPartition["abortedTransactions"]): (record: RawRecord) => boolean {
  const begins = transactions.toSorted((a, b) => Number(BigInt(a.firstOffset) - BigInt(b.firstOffset)));
  const open = new Set<string>();
  let next = 0;
  return ({ offset, key, isControlRecord, batchContext: { producerId, inTransaction } }) => {
    for (let begin = begins[next]; begin && BigInt(begin.firstOffset) <= BigInt(offset); begin = begins[next]) {
      open.add(begin.producerId);
      next += 1;
    }
    if (isControlRecord && isAbort(key)) open.delete(producerId);
    return !isControlRecord && inTransaction && open.has(producerId);
  };
}

/** Two bytes of version, two of kind. */
function isAbort(key: Uint8Array | null): boolean {
  return key !== null && key.length >= 4 && key[2] === 0 && key[3] === ABORT;
}

// A consumer that begins anew shows the same cluster again.
const changed = new WeakSet<Cluster | Broker>();

/** Makes the brokers of a consumer's cluster hand over committed records alone. */
export function readCommitted(cluster: Cluster): void {
  if (changed.has(cluster)) return;
  changed.add(cluster);
  const find = cluster.findBroker.bind(cluster);
  cluster.findBroker = async (node) => {
    const broker = await find(node);
    if (!changed.has(broker)) hideAbortedOf(broker);
    changed.add(broker);
    return broker;
  };
}

function hideAbortedOf(broker: Broker): void {
  const fetch = broker.fetch.bind(broker);
  broker.fetch = async (request) => {
    const answer: { readonly responses: readonly { readonly partitions: readonly FetchedPartition[] }[] } =
      await fetch(request);
    for (const { partitions } of answer.responses) for (const partition of partitions) hideAborted(partition);
    return answer;
  };
}
