import type { TidemarkConfig } from "../config/tidemark-config.ts";
import type { ObjectStore } from "./object-store.ts";

/** Opens the store a configuration names. */
export type OpenStore = (store: TidemarkConfig["store"]) => ObjectStore;
