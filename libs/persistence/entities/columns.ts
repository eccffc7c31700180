import { Column, PrimaryColumn, type ColumnOptions, type ValueTransformer } from 'typeorm';

/** MySQL and MariaDB hand bigints out as strings; every number of ours is below 2^53. */
const asNumber: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

const asJson: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
  from: (value: unknown) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value),
};

/** The SQLite driver hands bytes out as an ArrayBuffer. */
const asBuffer: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: Buffer | ArrayBuffer | null) => (value instanceof ArrayBuffer ? Buffer.from(value) : value),
};
type Options = Pick<ColumnOptions, 'nullable' | 'default'>;

/** Short text; `length` in characters. */
export const Text = (length: number, options: Options = {}) => Column({ type: 'varchar', length, ...options });
/** Short text that is (a part of) the primary key. */
export const KeyText = (length: number) => PrimaryColumn({ type: 'varchar', length });
/** Whole number that is (a part of) the primary key. */
export const KeyInt = () => PrimaryColumn({ type: 'int' });
/** Moment that is (a part of) the primary key. */
export const KeyTime = () => PrimaryColumn({ type: 'bigint', transformer: asNumber });
/** Text up to 64 kB. */
export const LongText = (options: Options = {}) => Column({ type: 'text', ...options });
/** Text up to 16 MB. */
export const LargeText = (options: Options = {}) => Column({ type: 'mediumtext', ...options });
/** JSON up to 64 kB, kept as text so that every engine stores the same. */
export const Json = (options: Options = {}) => Column({ type: 'text', transformer: asJson, ...options });
/** JSON up to 16 MB. */
export const LargeJson = (options: Options = {}) => Column({ type: 'mediumtext', transformer: asJson, ...options });
/** Moment as epoch milliseconds. */
export const Time = (options: Options = {}) => Column({ type: 'bigint', transformer: asNumber, ...options });
export const Int = (options: Options = {}) => Column({ type: 'int', ...options });
export const Real = (options: Options = {}) => Column({ type: 'double', ...options });
export const Flag = (options: Options = {}) => Column({ type: 'boolean', ...options });
/** Bytes up to 64 kB. */
export const Bytes = (options: Options = {}) => Column({ type: 'blob', transformer: asBuffer, ...options });
