import type { PoisonReason } from "../data/collect/poison.ts";

/** A message's value as plain JSON, whose whole numbers are exact: those a number cannot hold come as bigint. */
export type Decoded =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "poison"; readonly reason: PoisonReason };

/** Turns the bytes of one message into a value. Bytes that cannot be read are poison; they never throw. */
export interface ValueDecoder {
  /** @throws UserError REGISTRY_UNAVAILABLE, REGISTRY_REFUSED: nothing can be said about any message then */
  decode(bytes: Uint8Array): Promise<Decoded>;
  readonly description: string;
}
