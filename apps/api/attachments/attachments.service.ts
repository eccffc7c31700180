import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { createHash, randomUUID } from 'node:crypto';
import { Casework } from '#libs/casework/casework';
import { MediaStore } from '#libs/casework/media-store';
import { readPicture } from '#libs/casework/picture';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { UploadedPicture } from '#libs/contracts/api/views';
import { AttachmentEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';

@Injectable()
export class AttachmentsService {
  constructor(
    @InjectDataSource() private readonly read: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly media: MediaStore,
    private readonly casework: Casework,
  ) {}

  /** @param id of its own where the same picture may be sent again and must not be kept twice */
  async take(principal: Principal, upload: Buffer, id: string = randomUUID()): Promise<UploadedPicture> {
    if (upload.length === 0) {
      throw CaseworkProblem.invalid([
        { field: 'file', problem: 'required', expected: 'a picture in the field "file"' },
      ]);
    }
    const { mime, extension, bytes, place } = await readPicture(upload);
    const path = `${id.slice(0, 2)}/${id}.${extension}`;
    await this.media.put(path, bytes);
    const row: AttachmentEntity = {
      id,
      tenant: principal.tenant,
      mime,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      path,
      lat: place?.lat ?? null,
      lon: place?.lon ?? null,
      uploadedBy: principal.id,
      number: null,
      kind: 'complaint',
      createdAt: Date.now(),
    };
    await this.unitOfWork.run((em) => em.insert(AttachmentEntity, row));
    return { id, mime, bytes: bytes.length, ...(place ?? {}) };
  }

  async give(principal: Principal, id: string): Promise<{ mime: string; bytes: Buffer }> {
    const row = await this.read.manager.findOneBy(AttachmentEntity, { id });
    if (!row || !(await this.maySee(principal, row))) throw CaseworkProblem.notFound('There is no such attachment.');
    const bytes = await this.media.get(row.path);
    if (!bytes) throw CaseworkProblem.notFound('There is no such attachment.');
    return { mime: row.mime, bytes };
  }

  private async maySee(principal: Principal, row: AttachmentEntity): Promise<boolean> {
    if (row.uploadedBy === principal.id) return true;
    if (row.number === null) return false;
    const { viewer } = await this.casework.reading.seen(principal, row.number);
    return viewer.relation !== 'follower';
  }
}
