import { Entity } from 'typeorm';
import { KeyText, Text } from './columns.js';

@Entity('department')
export class DepartmentEntity {
  @KeyText(32) tenant: string;
  @KeyText(32) code: string;
  @Text(160) name: string;
  @Text(160, { nullable: true }) nameBn: string | null;
  @Text(160, { nullable: true }) nameHi: string | null;
}
