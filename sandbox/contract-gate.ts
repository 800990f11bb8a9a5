/** Judges every exchange and delivery against GitHub's published contract; throws or records as its maker decides. */
export interface ContractGate {
  checkExchange(exchange: {
    method: string;
    path: string;
    query: Record<string, string | string[]>;
    requestBody: unknown;
    status: number;
    responseBody: unknown;
    contentType: string;
  }): void;
  checkDelivery(delivery: { event: string; headers: Record<string, string>; payload: unknown }): void;
}
