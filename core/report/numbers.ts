const MINUS = "−";

/** A metric's value with as many digits as a person compares: three after the point below one, four significant above. */
export function value(number: number | null): string {
  if (number === null) return "not computable";
  return minus(Math.abs(number) < 1 ? number.toFixed(3) : Number(number.toPrecision(4)).toString());
}

/** A difference with its sign; a zero has none. */
export function signed(number: number): string {
  const text = Math.abs(number) < 1 ? Math.abs(number).toFixed(3) : Number(Math.abs(number).toPrecision(4)).toString();
  if (Number(text) === 0) return text;
  return number < 0 ? `${MINUS}${text}` : `+${text}`;
}

/** A count with thousands apart. */
export function count(number: number): string {
  return number.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

export function seconds(number: number): string {
  return number < 10 ? `${number.toFixed(1)} s` : `${Math.round(number)} s`;
}

export function bytes(number: number): string {
  const units = ["B", "KiB", "MiB", "GiB"];
  const step = Math.min(units.length - 1, number < 1 ? 0 : Math.floor(Math.log2(number) / 10));
  const scaled = number / 1024 ** step;
  return `${step === 0 ? scaled : scaled.toPrecision(3)} ${units[step]}`;
}

/** One noun or several: plural(1, "row") is "1 row". */
export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

function minus(text: string): string {
  return text.replace("-", MINUS);
}
