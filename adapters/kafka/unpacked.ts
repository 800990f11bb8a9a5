// A batch of the broker's default size unpacks to a mebibyte; this much is an attack.
export const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;

/** Bytes being unpacked, which refer to those before them. */
export interface Output {
  literal(bytes: Uint8Array): void;
  /** Repeats `length` bytes from `distance` back; they may overlap what they make. */
  repeat(distance: number, length: number): void;
  result(): Buffer;
}

export function output(expected: number): Output {
  let bytes = Buffer.alloc(Math.min(Math.max(expected, 64), MAX_UNPACKED_BYTES));
  let size = 0;
  const reserve = (length: number) => {
    if (size + length > MAX_UNPACKED_BYTES) throw corrupt("the batch unpacks to too much");
    if (size + length > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(Math.max(bytes.length, length))]);
  };
  return {
    literal: (literal) => {
      reserve(literal.length);
      bytes.set(literal, size);
      size += literal.length;
    },
    repeat: (distance, length) => {
      if (distance <= 0 || distance > size) throw corrupt("a batch refers to bytes before its beginning");
      reserve(length);
      for (let left = length; left > 0; left -= distance) {
        bytes.copyWithin(size, size - distance, size - distance + Math.min(left, distance));
        size += Math.min(left, distance);
      }
    },
    result: () => bytes.subarray(0, size),
  };
}

export function corrupt(reason: string): Error {
  return Object.assign(new Error(reason), { name: "KafkaJSInvariantViolation", retriable: false });
}
