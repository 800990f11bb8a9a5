import type { DataEngine, SurveyEngine } from "../../ports/data-engine.ts";
import type { Check } from "../check.ts";
import { filesOfChecks, filesOfSurvey } from "./opened-files.ts";

/** Everything that can be asked of rows. */
export type TableEngine = DataEngine & SurveyEngine;

/** Takes one question with all the files it opens, and hands it to an engine, or to several in turn. */
export type Choice = <Answer>(
  paths: readonly string[],
  ask: (engine: TableEngine) => Promise<Answer>,
) => Promise<Answer>;

/** An engine that chooses anew for each question. */
export function choosing(choose: Choice): TableEngine {
  return {
    measure: (path, checks: readonly Check[]) =>
      choose(filesOfChecks(path, checks), (engine) => engine.measure(path, checks)),
    predictions: (path, columns) => choose([path], (engine) => engine.predictions(path, columns)),
    survey: (path, request) => choose(filesOfSurvey(path, request), (engine) => engine.survey(path, request)),
    sharedRows: (left, right, columns) => choose([left, right], (engine) => engine.sharedRows(left, right, columns)),
  };
}
