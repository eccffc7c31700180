/** The number that a registration took under its Idempotency-Key while the record could not be asked. */
export interface TakenKey {
  /** Hash of actor and key. */
  key: string;
  /** Hash of what was asked for. */
  bodyHash: string;
  number: string;
  /** Epoch ms. */
  createdAt: number;
}

export interface RegistrationKeyActivities {
  /** Takes the key to the record; one that is there already stays as it is. */
  keepRegistrationKey(taken: TakenKey): Promise<void>;
}
