// What a reader of a table expects of Avro's logical types: dates as ISO 8601 text, decimals as exact digits. Types that
// are not named here keep the value they are stored as, which the specification allows.

type Change = (value: unknown) => unknown;

const MILLIS_PER_DAY = 86_400_000n;

/** How to show a stored value of this logical type; undefined for as it is. */
export function logicalType(schema: Readonly<Record<string, unknown>>): Change | undefined {
  switch (schema["logicalType"]) {
    case "date":
      return (days) => isoTime(BigInt(days as number) * MILLIS_PER_DAY, days).slice(0, 10);
    case "timestamp-millis":
      return (millis) => isoTime(BigInt(millis as number), millis);
    case "timestamp-micros":
      return (micros) => isoMicros(BigInt(micros as number), micros);
    case "local-timestamp-millis":
      return (millis) => isoTime(BigInt(millis as number), millis).replace("Z", "");
    case "local-timestamp-micros":
      return (micros) => isoMicros(BigInt(micros as number), micros).replace("Z", "");
    case "decimal":
      return decimal(Number(schema["scale"] ?? 0));
    default:
      return undefined;
  }
}

/** Times beyond what a date can hold stay numbers, as text. */
function isoTime(millis: bigint, stored: unknown): string {
  const time = new Date(Number(millis));
  return Number.isNaN(time.getTime()) ? String(stored) : time.toISOString();
}

function isoMicros(micros: bigint, stored: unknown): string {
  const rest = ((micros % 1_000n) + 1_000n) % 1_000n;
  return isoTime((micros - rest) / 1_000n, stored).replace("Z", `${String(rest).padStart(3, "0")}Z`);
}

/** Big-endian two's complement, the point `scale` digits from the right. */
function decimal(scale: number): Change | undefined {
  if (!Number.isInteger(scale) || scale < 0 || scale > 1_000) return undefined;
  return (stored) => {
    const bytes = Buffer.from(String(stored), "base64");
    const raw = bytes.length === 0 ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString("hex")}`));
    const digits = (raw < 0n ? -raw : raw).toString().padStart(scale + 1, "0");
    const whole = digits.slice(0, digits.length - scale);
    const sign = raw < 0n ? "-" : "";
    return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-scale)}`;
  };
}
