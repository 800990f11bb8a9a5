import fc from "fast-check";
import { expect, test } from "vitest";
import { unpackLz4 } from "#adapters/kafka/lz4";
import { unpackSnappy } from "#adapters/kafka/snappy";

// Real batches are unpacked in test/services/kafka, where the broker packs them.

test("a snappy block repeats bytes that overlap what they make", () => {
  // 9 bytes: the literal "ab", then 7 bytes from 2 back.
  expect(unpackSnappy(Buffer.from([9, 0x04, 0x61, 0x62, 0x0d, 2])).toString()).toBe("ababababa");
});

test("an lz4 frame holds packed and stored blocks", () => {
  const frame = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82];
  const packed = [5, 0, 0, 0, 0x23, 0x61, 0x62, 2, 0];
  const stored = [2, 0, 0, 0x80, 0x79, 0x7a];
  expect(unpackLz4(Buffer.from([...frame, ...packed, ...stored, 0, 0, 0, 0])).toString()).toBe(
    "ababababayz".slice(0, 11),
  );
});

test.each([
  ["snappy", unpackSnappy, []],
  ["lz4", unpackLz4, [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]],
] as const)("damaged %s bytes end with an error, never without end", (_, unpack, start) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (rest) => {
      try {
        unpack(Buffer.from([...start, ...rest]));
      } catch (error) {
        expect(error).toMatchObject({ name: "KafkaJSInvariantViolation" });
      }
    }),
    { numRuns: 2_000 },
  );
});
