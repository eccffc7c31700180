import { join } from 'node:path';
import { optional, url, type Environment } from './readers.js';
import { SettingsError } from './settings-error.js';

/** A bucket of an S3-compatible store. */
export interface BucketSettings {
  kind: 's3';
  /** Of the prefix in the bucket, without a slash at the end. */
  url: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export type MediaSettings = { kind: 'folder'; path: string } | BucketSettings;

const EXAMPLE = 's3://bucket/prefix';
const USUAL_REGION = 'us-east-1';

/** Absent: a folder beside the data. The keys, the region and the endpoint have the names that Amazon's own tools use. */
export function mediaSettings(env: Environment, dataDir: string): MediaSettings {
  const given = url(env, 'MEDIA_URL', ['s3:'], EXAMPLE);
  if (!given) return { kind: 'folder', path: join(dataDir, 'media') };
  const bucket = given.hostname;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) || given.username || given.port || given.search)
    throw new SettingsError('MEDIA_URL', 'it names no bucket', EXAMPLE);
  const required = (name: 'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY'): string => {
    const value = optional(env, name);
    if (value === undefined)
      throw new SettingsError(name, 'it is absent although MEDIA_URL is set', 'a key of the bucket');
    return value;
  };
  const region = optional(env, 'AWS_REGION') ?? USUAL_REGION;
  if (!/^[a-z0-9-]{1,64}$/.test(region)) throw new SettingsError('AWS_REGION', `"${region}" is none`, 'ap-south-1');
  const endpoint = url(env, 'AWS_ENDPOINT_URL_S3', ['http:', 'https:'], 'https://s3.example.org');
  // Stores other than Amazon's rarely answer to bucket names in the host.
  const base = endpoint
    ? `${endpoint.href.replace(/\/+$/, '')}/${bucket}`
    : bucket.includes('.')
      ? `https://s3.${region}.amazonaws.com/${bucket}`
      : `https://${bucket}.s3.${region}.amazonaws.com`;
  const sessionToken = optional(env, 'AWS_SESSION_TOKEN');
  return {
    kind: 's3',
    url: `${base}${given.pathname}`.replace(/\/+$/, ''),
    region,
    accessKeyId: required('AWS_ACCESS_KEY_ID'),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}
