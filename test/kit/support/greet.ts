import { z } from "zod";
import { UserError } from "#core/errors";
import { defineAction } from "#kit/define-action";
import { choice, flag, integer, list, optionalSecret, optionalText, text } from "#kit/input-types";

export interface Greeter {
  phrase(language: string): Promise<string>;
}

/** A small action that uses every kind of input. */
export const greet = defineAction({
  name: "greet",
  title: "Greet somebody",
  description: "Says hello as often as asked.",
  icon: "smile",
  color: "blue",
  inputs: {
    name: text().meta({ description: "Whom to greet." }),
    language: choice(["english", "german", "french"]).prefault("english").meta({ description: "The tongue to use." }),
    times: integer({ min: 1, max: 9 }).prefault("1").meta({ description: "How often." }),
    loud: flag().prefault("false").meta({ description: "Shout." }),
    friends: list().prefault("").meta({ description: "Who else is there." }),
    mood: optionalText().meta({ description: "How it should sound." }),
    "api-token": optionalSecret({ environment: "GREET_TOKEN", expression: "${{ github.token }}" }).meta({
      description: "Lets the greeter in.",
    }),
  },
  outputs: {
    greeting: z.string().meta({ description: "The whole greeting." }),
    count: z.int().meta({ description: "How often it was said." }),
  },
  async run(inputs, greeter: Greeter, { log }) {
    if (inputs.name === "nobody") {
      throw new UserError("NOBODY_THERE", "There is nobody to greet.", "Name somebody.");
    }
    const phrase = await greeter.phrase(inputs.language);
    log.info(`Greeting ${inputs.name}`);
    const greeting = Array.from(
      { length: inputs.times },
      () => `${phrase}, ${[inputs.name, ...inputs.friends].join(" and ")}`,
    );
    const outputs = { greeting: greeting.join("; ") + (inputs.loud ? "!" : ""), count: inputs.times };
    return {
      outputs,
      verdict: inputs.mood === "doubtful" ? "inconclusive" : "pass",
      summary: `**${outputs.greeting}**`,
    };
  },
});
