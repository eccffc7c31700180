import { Table } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatNumber } from '#libs/ui/format';
import { listCases } from '../api/endpoints.js';
import { usePages } from '../api/use-pages.js';
import { useMasters } from '../masters/use-masters.js';
import type { HeldPost } from '#libs/contracts/api/masters';
import { useUser } from '../session/session.js';
import { useNow } from '../shell/use-now.js';
import { useLocale } from '../use-locale.js';
import { wardRanges } from './ward-ranges.js';

interface Load {
  post: HeldPost;
  open: number;
  overdue: number;
}

/** How much work each post of the department has, vacant posts marked. */
export function Workload() {
  const { t } = useTranslation();
  const locale = useLocale();
  const masters = useMasters();
  const user = useUser();
  const now = useNow(60_000);
  const { data, hasNextPage, fetchNextPage, isFetching } = usePages(
    ['workload'],
    (cursor) => listCases({ state: 'working', sort: 'due', limit: 200, cursor }),
    { staleTime: 60_000 },
  );
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);

  const loads = useMemo<Load[]>(() => {
    const departments = new Set(user.posts.map((post) => post.department));
    const cases = data?.pages.flatMap((page) => page.items) ?? [];
    return masters.posts
      .filter((post) => post.role === 'lme' && departments.has(post.department))
      .map((post) => {
        const own = cases.filter((view) => view.owner?.position === post.position);
        return {
          post,
          open: own.length,
          overdue: own.filter((view) => view.dueAt !== null && Date.parse(view.dueAt) < now).length,
        };
      })
      .sort((a, b) => b.overdue - a.overdue || b.open - a.open);
  }, [data, masters.posts, user.posts, now]);
  const most = Math.max(1, ...loads.map((load) => load.open));

  return (
    <section className="card" aria-labelledby="workload">
      <h2 className="card__title" id="workload">
        {t('gro.workload')}
      </h2>
      <p className="muted">{hasNextPage ? t('shell.loading') : t('gro.workload_text')}</p>
      <div className="table-wrap">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('gro.post')}</Table.Th>
              <Table.Th>{t('gro.holder')}</Table.Th>
              <Table.Th>{t('case.ward')}</Table.Th>
              <Table.Th ta="end">{t('view.open')}</Table.Th>
              <Table.Th ta="end">{t('view.overdue')}</Table.Th>
              <Table.Th aria-hidden="true" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {loads.map(({ post, open, overdue }) => (
              <Table.Tr key={post.position}>
                <Table.Td>
                  <Link to={`/?view=all&owner=${encodeURIComponent(post.position)}`}>{post.designation}</Link>{' '}
                  <span className="muted num">{post.position}</span>
                </Table.Td>
                <Table.Td>{post.holder ?? <span className="tag tag--soon">{t('case.vacant')}</span>}</Table.Td>
                <Table.Td>{wardRanges(post.wards)}</Table.Td>
                <Table.Td ta="end" className="num">
                  {formatNumber(open, locale)}
                </Table.Td>
                <Table.Td ta="end" className="num">
                  {formatNumber(overdue, locale)}
                </Table.Td>
                <Table.Td miw={160} aria-hidden="true">
                  <span className="bar" style={{ width: `${((open - overdue) / most) * 70}%` }} />
                  {overdue > 0 ? (
                    <span className="bar bar--red" style={{ width: `${(overdue / most) * 70}%` }} />
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}
