/** Why a statement is not run, or its answer not taken. */
export class QueryRefused extends Error {}
