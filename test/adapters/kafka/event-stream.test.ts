import { memoryStream } from "#test/support/fakes/event-stream";
import { eventStreamSuite } from "./event-stream-suite.ts";

eventStreamSuite("in memory", async (partitions) => {
  const stream = memoryStream(partitions);
  return {
    stream,
    send: async (messages) => stream.send(messages),
    deleteBefore: async (partition, offset) => stream.deleteBefore(partition, offset),
  };
});
