import { randomUUID } from 'node:crypto';
import { AuditEntity } from '../persistence/entities/index.js';
import type { UnitOfWork } from '../persistence/unit-of-work.js';

export interface AuditEntry {
  tenant: string;
  /** Person id. */
  actor: string;
  /** lower_snake_case, past tense: `command_refused`, `citizen_revealed`, `login_failed` … */
  action: string;
  /** Case number, username, master … */
  subject: string;
  detail?: Readonly<Record<string, unknown>>;
}

/** Who did, saw or tried what, beside the event logs of the cases. */
export class AuditLog {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async write(entry: AuditEntry, now = Date.now()): Promise<void> {
    const { tenant, actor, action, subject, detail = {} } = entry;
    await this.unitOfWork.run((em) =>
      em.insert(AuditEntity, {
        id: randomUUID(),
        at: now,
        tenant,
        actor,
        action,
        subject,
        detail: detail as Record<string, never>,
      }),
    );
  }
}
