import type { QueryRunner } from 'typeorm';
import { createTable, KEY, NULLABLE, bigint, boolean, double, index, int, mediumtext, text, varchar } from './table.js';

/** Tenants, masters, accounts and access, as of the first release. */
export async function createMasters(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'otp',
    [
      varchar('contact', 64, KEY),
      varchar('code_hash', 64),
      bigint('created_at'),
      bigint('expires_at'),
      int('attempts', { default: '0' }),
      int('sends', { default: '1' }),
      bigint('window_start'),
    ],
    [index('ix_otp_expires', 'expires_at')],
  );
  await createTable(
    runner,
    'session',
    [
      varchar('id', 40, KEY),
      varchar('subject', 96),
      varchar('tenant', 32),
      bigint('created_at'),
      bigint('expires_at'),
      bigint('revoked_at', NULLABLE),
    ],
    [index('ix_session_expires', 'expires_at'), index('ix_session_subject', 'subject')],
  );
  await createTable(
    runner,
    'api_key',
    [
      varchar('id', 40, KEY),
      varchar('tenant', 32),
      varchar('name', 160),
      varchar('key_hash', 64),
      text('scopes'),
      varchar('created_by', 96),
      bigint('created_at'),
      bigint('revoked_at', NULLABLE),
    ],
    [index('ix_api_key_tenant', 'tenant'), index('ix_api_key_hash', 'key_hash')],
  );
  await createTable(
    runner,
    'app_user',
    [
      varchar('username', 80, KEY),
      varchar('tenant', 32),
      varchar('name', 160),
      varchar('mobile', 20, NULLABLE),
      varchar('password_hash', 255),
      text('roles'),
      boolean('must_change', { default: '0' }),
      int('failed_logins', { default: '0' }),
      bigint('locked_until', NULLABLE),
      boolean('disabled', { default: '0' }),
    ],
    [index('ix_app_user_tenant', 'tenant')],
  );
  await createTable(
    runner,
    'citizen',
    [
      varchar('id', 64, KEY),
      varchar('tenant', 32),
      varchar('mobile', 20, NULLABLE),
      varchar('name', 160, NULLABLE),
      varchar('email', 254, NULLABLE),
      varchar('external_id', 191, NULLABLE),
      varchar('locale', 8),
      varchar('channel', 16),
      bigint('created_at'),
    ],
    [index('ix_citizen_mobile', 'tenant', 'mobile')],
  );
  await createTable(runner, 'department', [
    varchar('tenant', 32, KEY),
    varchar('code', 32, KEY),
    varchar('name', 160),
    varchar('name_bn', 160, NULLABLE),
    varchar('name_hi', 160, NULLABLE),
  ]);
  await createTable(runner, 'borough', [
    varchar('tenant', 32, KEY),
    varchar('code', 32, KEY),
    varchar('name', 160),
    varchar('name_bn', 160, NULLABLE),
    varchar('name_hi', 160, NULLABLE),
  ]);
  await createTable(runner, 'ward', [
    varchar('tenant', 32, KEY),
    varchar('code', 32, KEY),
    varchar('borough', 32),
    varchar('name', 160),
    varchar('name_bn', 160, NULLABLE),
    varchar('name_hi', 160, NULLABLE),
    mediumtext('polygon', NULLABLE),
  ]);
  await createTable(runner, 'post', [
    varchar('tenant', 32, KEY),
    varchar('position', 64, KEY),
    varchar('designation', 160),
    varchar('role', 32),
    varchar('department', 32),
    text('wards'),
    text('categories'),
  ]);
  await createTable(
    runner,
    'holding',
    [
      varchar('id', 40, KEY),
      varchar('tenant', 32),
      varchar('position', 64),
      varchar('kind', 16),
      varchar('username', 80, NULLABLE),
      varchar('person', 160),
      varchar('mobile', 20, NULLABLE),
      bigint('valid_from'),
      bigint('valid_to', NULLABLE),
    ],
    [index('ix_holding_username', 'username'), index('ix_holding_position', 'tenant', 'position')],
  );
  await createTable(runner, 'matrix_level', [
    varchar('tenant', 32, KEY),
    varchar('department', 32, KEY),
    int('level', KEY),
    varchar('position', 96),
    double('hours'),
  ]);
  await createTable(runner, 'working_hours', [
    varchar('tenant', 32, KEY),
    int('day', KEY),
    int('from_min', KEY),
    int('to_min'),
  ]);
  await createTable(runner, 'holiday', [varchar('tenant', 32, KEY), varchar('date', 10, KEY), varchar('name', 160)]);
  await createTable(runner, 'reject_reason', [
    varchar('tenant', 32, KEY),
    varchar('code', 64, KEY),
    varchar('name', 160),
    varchar('name_bn', 160, NULLABLE),
    varchar('name_hi', 160, NULLABLE),
  ]);
  await createTable(runner, 'category', [
    varchar('tenant', 32, KEY),
    varchar('code', 64, KEY),
    varchar('name', 160),
    varchar('name_bn', 160, NULLABLE),
    varchar('name_hi', 160, NULLABLE),
  ]);
  await createTable(runner, 'message_template', [
    varchar('tenant', 32, KEY),
    varchar('template', 32, KEY),
    varchar('variant', 32, KEY),
    varchar('locale', 8, KEY),
    varchar('dlt_id', 64, NULLABLE),
    varchar('header', 16, NULLABLE),
    varchar('whatsapp_name', 191, NULLABLE),
  ]);
  await createTable(runner, 'sub_category', [
    varchar('tenant', 32, KEY),
    varchar('code', 64, KEY),
    varchar('category', 64),
    varchar('name', 160),
    varchar('name_bn', 160, NULLABLE),
    varchar('name_hi', 160, NULLABLE),
    varchar('department', 32),
    double('sla_hours'),
    varchar('calendar', 16),
    boolean('evidence_photo', { default: '0' }),
    int('evidence_within_m', NULLABLE),
    boolean('hide_complainant', { default: '0' }),
    int('duplicate_radius_m', NULLABLE),
    boolean('active', { default: '1' }),
  ]);
  await createTable(runner, 'tenant', [
    varchar('code', 32, KEY),
    varchar('parent', 32, NULLABLE),
    varchar('kind', 8),
    varchar('name', 160),
    varchar('name_bn', 160, NULLABLE),
    varchar('name_hi', 160, NULLABLE),
    varchar('prefix', 8),
    varchar('zone', 64),
    text('settings'),
    int('masters_version', { default: '1' }),
  ]);
}
