export interface DeliveryRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly appId: number;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly redelivery: boolean;
  readonly request: DeliveryRequest;
  deliveredAt: string;
  durationSeconds: number;
  status: string;
  statusCode: number;
  response: { headers: Record<string, string>; payload: string };
}
