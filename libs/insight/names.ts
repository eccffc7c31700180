import type { MastersService } from '#libs/masters/masters.service';
import type { MastersSnapshot, Names } from '#libs/masters/snapshot';
import type { Dimension } from './measures.js';

/** What an item is called, by the city's masters; its code where they do not know it or it has no name. */
export function nameOf(masters: MastersSnapshot, dimension: Dimension | 'month', item: string): Names {
  switch (dimension) {
    case 'total':
      return masters.tenant.names;
    case 'department':
      return masters.departments.get(item)?.names ?? { en: item };
    case 'service':
      return masters.subCategories.get(item)?.names ?? { en: item };
    case 'ward':
      return masters.wards.get(item)?.names ?? { en: item };
    case 'borough':
      return masters.boroughs.get(item)?.names ?? { en: item };
    case 'officer':
      return { en: masters.posts.get(item)?.designation ?? item };
    default:
      return { en: item };
  }
}

export type Cities = Pick<MastersService, 'snapshot'>;
