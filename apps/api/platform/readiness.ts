import { Injectable } from '@nestjs/common';

/** Whether this process wants to be sent requests. */
@Injectable()
export class Readiness {
  private stopping = false;

  get isStopping(): boolean {
    return this.stopping;
  }

  /** From now on `/readyz` tells balancers to send what is new elsewhere. */
  end(): void {
    this.stopping = true;
  }
}
