import { describe, expect, test } from "vitest";
import { inputFields } from "#kit/field";
import { parseFlags, withEnvironment } from "#kit/flags";
import { greet } from "./support/greet.ts";

const fields = inputFields(greet);
const values = (...args: string[]) => parseFlags(args, fields).values;

describe("a flag", () => {
  test("takes its value after a space or an equals sign", () => {
    expect(values("--name", "Ann", "--language=german")).toEqual({ name: "Ann", language: "german" });
    expect(values("--name=a=b")).toEqual({ name: "a=b" });
  });

  test("may have a value that begins with one dash", () => {
    expect(values("--times", "-1")).toEqual({ times: "-1" });
  });

  test("of the kind flag is on, off or spelled out", () => {
    expect([values("--loud"), values("--no-loud"), values("--loud=false")]).toEqual([
      { loud: "true" },
      { loud: "false" },
      { loud: "false" },
    ]);
  });

  test("of the kind list may be repeated", () => {
    expect(values("--friends", "Bo,Cy", "--friends", "Di")).toEqual({ friends: "Bo,Cy\nDi" });
  });

  test("called --help, -h or --json belongs to every action", () => {
    expect(parseFlags(["--json", "-h"], fields)).toEqual({ help: true, json: true, values: {} });
  });
});

describe("a value without a flag", () => {
  const places = ["name", "language"];
  const placed = (...args: string[]) => parseFlags(args, fields, places).values;

  test("fills the next positional input, wherever flags stand", () => {
    expect(placed("Ann", "--times", "2", "german")).toEqual({ name: "Ann", times: "2", language: "german" });
  });

  test("may begin with a dash after two of them", () => {
    expect(placed("--", "--json")).toEqual({ name: "--json" });
  });

  test.each([
    [["Ann", "german", "Bo"], '"Bo" stands alone. Give every value after its flag.'],
    [["Ann", "--name", "Bo"], "--name is given twice."],
    [["--name", "Bo", "Ann"], "--name is given twice."],
    [["--loud", "true"], '"true" stands alone. Write --loud or --no-loud.'],
  ])("is refused in %j", (args, message) => {
    expect(() => placed(...args)).toThrow(message);
  });
});

describe("a mistake is told with its way out:", () => {
  test.each([
    [["--naem", "x"], 'There is no flag --naem. Did you mean "--name"?'],
    [["--zzzzzz"], "There is no flag --zzzzzz. Add --help to see all flags."],
    [["--no-name"], "There is no flag --no-name."],
    [["--name"], "--name needs a value. Write --name=<value>."],
    [["--name", "--loud"], "--name needs a value."],
    [["--name", "a", "--name", "b"], "--name is given twice. Give it once."],
    [["--loud", "true"], '"true" stands alone. Write --loud or --no-loud.'],
    [["Ann"], '"Ann" stands alone. Give every value after its flag.'],
  ])("%j", (args, message) => {
    expect(() => parseFlags(args, fields)).toThrow(message);
  });
});

test("an environment variable stands in for a flag that is not given", () => {
  const environment = { GREET_TOKEN: "from-environment" };
  expect(withEnvironment({}, fields, environment)["api-token"]).toBe("from-environment");
  expect(withEnvironment({ "api-token": "given" }, fields, environment)["api-token"]).toBe("given");
});
