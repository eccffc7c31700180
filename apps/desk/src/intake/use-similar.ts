import { useQuery } from '@tanstack/react-query';
import type { CaseView, NearbyView } from '#libs/contracts/api/views';
import { listCases, listNearby } from '../api/endpoints.js';
import { useMasters } from '../masters/use-masters.js';
import type { IntakeValues } from './intake-form.js';

/** Told before, perhaps: close to the place when there is one, else anywhere in the ward. */
export type SimilarCase = Omit<NearbyView, 'distance' | 'location'> &
  Pick<CaseView, 'location'> & { distance?: number };

export function useSimilar({
  subCategory,
  ward: typed,
  place,
}: Pick<IntakeValues, 'subCategory' | 'ward' | 'place'>): readonly SimilarCase[] | undefined {
  const masters = useMasters();
  const ward = typed.trim();
  const { data } = useQuery({
    queryKey: ['similar', subCategory, ward, place?.lat, place?.lon],
    queryFn: async (): Promise<readonly (NearbyView | CaseView)[]> =>
      place
        ? listNearby(subCategory, place.lat, place.lon)
        : (await listCases({ subCategory, ward, state: 'open', limit: 10 })).items,
    enabled: subCategory !== '' && masters.wards.some(({ code }) => code === ward),
    staleTime: 0,
  });
  return data;
}
