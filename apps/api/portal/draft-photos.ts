import { Between, In, IsNull, Like } from 'typeorm';
import type { Casework } from '#libs/casework/casework';
import type { MediaStore } from '#libs/casework/media-store';
import { CaseworkProblem } from '#libs/casework/problem';
import type { Principal } from '#libs/casework/principal';
import type { DraftPhoto, PhotoProblem, PortalDeps } from '#libs/contracts/api/portal';
import { identityOf } from '#libs/persistence/contact-aliases';
import { AttachmentEntity } from '#libs/persistence/entities/index';
import type { UnitOfWork } from '#libs/persistence/unit-of-work';
import type { AttachmentsService } from '../attachments/attachments.service.js';

const WINDOW_MS = 3_600_000;
/** Photos from one address in an hour: far above what a family sends, far below what fills a disk. */
const MOST_IN_WINDOW = 200;

const HOUR_MS = 3_600_000;
/** A form is good for a day; what was kept for it is of no use afterwards. */
const KEPT_MS = 25 * HOUR_MS;
const LOOKED_BACK_MS = 14 * 24 * HOUR_MS;
const MOST_AT_ONCE = 500;

/** Photos of complaints whose writers have not proved their number yet; they belong to the draft until then. */
export class DraftPhotos {
  private counts = new Map<string, number>();
  private since = Date.now();

  constructor(
    private readonly attachments: AttachmentsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly casework: Casework,
    private readonly media: MediaStore,
  ) {}

  get port(): PortalDeps['photos'] {
    return {
      add: (draft, bytes, from) => this.add(draft, bytes, from),
      give: (draft, id) => this.give(draft, id),
      claim: (draft, mobile) => this.claim(draft, mobile),
    };
  }

  /** Removes the photos of complaints that were never sent; answers how many. */
  async sweep(now = Date.now()): Promise<number> {
    const { manager } = this.casework.parts.read;
    const left = await manager.find(AttachmentEntity, {
      where: {
        createdAt: Between(now - LOOKED_BACK_MS, now - KEPT_MS),
        uploadedBy: Like('draft:%'),
        number: IsNull(),
      },
      take: MOST_AT_ONCE,
    });
    if (left.length === 0) return 0;
    const ids = left.map(({ id }) => id);
    await this.unitOfWork.run((em) => em.delete(AttachmentEntity, { id: In(ids), uploadedBy: Like('draft:%') }));
    for (const { path } of left) await this.media.remove(path);
    return left.length;
  }

  private async add(draft: string, bytes: Uint8Array, from: string): Promise<DraftPhoto | PhotoProblem> {
    if (!this.allows(from)) return 'unavailable';
    try {
      const { id, lat, lon } = await this.attachments.take(await this.writer(draft), Buffer.from(bytes));
      return { id, ...(lat === undefined ? {} : { lat }), ...(lon === undefined ? {} : { lon }) };
    } catch (error) {
      if (!(error instanceof CaseworkProblem)) throw error;
      return error.details.status === 415 || error.details.status === 422 ? 'not_a_picture' : 'unavailable';
    }
  }

  private async give(draft: string, id: string): Promise<{ mime: string; bytes: Uint8Array } | null> {
    try {
      return await this.attachments.give(await this.writer(draft), id);
    } catch (error) {
      if (error instanceof CaseworkProblem) return null;
      throw error;
    }
  }

  private async claim(draft: string, mobile: string): Promise<void> {
    const contact = this.casework.parts.contactId(mobile);
    await this.unitOfWork.run(async (em) => {
      const uploadedBy = `citizen:${await identityOf(em, contact)}`;
      await em.update(AttachmentEntity, { uploadedBy: draftId(draft), number: IsNull() }, { uploadedBy });
    });
  }

  private async writer(draft: string): Promise<Principal> {
    const tenant = await this.casework.parts.masters.citizensTenant();
    return { kind: 'citizen', id: draftId(draft), tenant, roles: ['citizen'] };
  }

  private allows(from: string): boolean {
    const now = Date.now();
    if (now - this.since > WINDOW_MS) {
      this.counts = new Map();
      this.since = now;
    }
    const count = (this.counts.get(from) ?? 0) + 1;
    this.counts.set(from, count);
    return count <= MOST_IN_WINDOW;
  }
}

function draftId(draft: string): string {
  return `draft:${draft.slice(0, 64)}`;
}
