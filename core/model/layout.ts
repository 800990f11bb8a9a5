// Where things lie in a candidate's folder and in a report's.

export const CANDIDATE_FILE = "candidate.json";
/** The model's own files. */
export const MODEL_FOLDER = "model";
export const EVIDENCE_FILE = "evidence.json";
export const REPORT_FILE = "report.md";
export const REPORT_PAGE = "report.html";
