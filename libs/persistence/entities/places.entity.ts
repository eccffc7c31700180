import { Entity } from 'typeorm';
import { KeyText, LargeJson, Text } from './columns.js';

@Entity('borough')
export class BoroughEntity {
  @KeyText(32) tenant: string;
  @KeyText(32) code: string;
  @Text(160) name: string;
  @Text(160, { nullable: true }) nameBn: string | null;
  @Text(160, { nullable: true }) nameHi: string | null;
}

/** GeoJSON geometry of a ward. */
export interface WardPolygon {
  type: 'Polygon' | 'MultiPolygon';
  coordinates: unknown[];
}

@Entity('ward')
export class WardEntity {
  @KeyText(32) tenant: string;
  @KeyText(32) code: string;
  @Text(32) borough: string;
  @Text(160) name: string;
  @Text(160, { nullable: true }) nameBn: string | null;
  @Text(160, { nullable: true }) nameHi: string | null;
  @LargeJson({ nullable: true }) polygon: WardPolygon | null;
}
