import { TenantEntity } from '#libs/persistence/entities/index';
import type { DataSources } from '#libs/persistence/data-sources';
import { OperatorError } from '../context.js';

/** The city a command is about: the one named, or the only one. */
export async function cityOf(sources: DataSources, wished: string | undefined): Promise<string> {
  const tenants = await sources.read.manager.find(TenantEntity, { order: { code: 'ASC' } });
  const code = wished?.toUpperCase();
  if (code !== undefined && tenants.some((tenant) => tenant.code === code)) return code;
  const cities = tenants.filter((tenant) => tenant.kind === 'ulb').map((tenant) => tenant.code);
  const [only, ...others] = cities;
  if (code === undefined && only !== undefined && others.length === 0) return only;
  const choice = cities.length > 0 ? `expected one of ${cities.join(', ')}` : 'import tenants first';
  throw new OperatorError(
    code === undefined ? `--tenant is needed; ${choice}.` : `There is no tenant ${code}; ${choice}.`,
  );
}
