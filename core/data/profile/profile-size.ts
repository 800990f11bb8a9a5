// Apart from the schema, so that who only makes profiles need not carry zod: the engine's child starts for every file.
export const HISTOGRAM_BINS = 256;
export const MOST_SAMPLED = 10_000;
