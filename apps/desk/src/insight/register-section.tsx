import { Button, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatDay } from '#libs/ui/format';
import type { Query } from '../api/client.js';
import { fetchRegister } from '../api/insight-endpoints.js';
import { usePages } from '../api/use-pages.js';
import { useMasters } from '../masters/use-masters.js';
import { Broken, Empty, Slow } from '../shell/page-states.js';
import { useLocale } from '../use-locale.js';
import { Definitions } from './definitions.js';
import { SaveButtons } from './save-buttons.js';

export function RegisterSection({ query }: { query: Query }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const masters = useMasters();
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = usePages(
    ['insight', 'register', query],
    (cursor) => fetchRegister({ ...query, cursor }),
  );
  if (isPending) return <Slow />;
  const first = data?.pages[0];
  if (!data || !first) return <Broken error={error} onRetry={() => void refetch()} />;
  const items = data.pages.flatMap((page) => page.items);
  return (
    <div className="stack">
      <section className="card" aria-labelledby="register">
        <div className="timeline__head">
          <h2 className="card__title" id="register">
            {t('insight.register')}
          </h2>
          <SaveButtons path="register" query={query} />
        </div>
        {items.length === 0 ? (
          <Empty icon="check" title={t('insight.register_none')} text={t('insight.register_none_text')} />
        ) : (
          <div className="table-wrap">
            <Table className="figures">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('inbox.column.number')}</Table.Th>
                  <Table.Th>{t('insight.service')}</Table.Th>
                  <Table.Th>{t('insight.ward')}</Table.Th>
                  <Table.Th>{t('insight.officer')}</Table.Th>
                  <Table.Th>{t('insight.closed_at')}</Table.Th>
                  <Table.Th>{t('insight.remarks')}</Table.Th>
                  <Table.Th>{t('insight.closing_order')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((item) => (
                  <Table.Tr key={item.number}>
                    <Table.Th scope="row">
                      <Link to={`/cases/${item.number}`} className="num nowrap">
                        {item.number}
                      </Link>
                    </Table.Th>
                    <Table.Td>{masters.subCategoryName(item.subCategory)}</Table.Td>
                    <Table.Td>{item.ward}</Table.Td>
                    <Table.Td>{item.officer ? masters.designation(item.officer) : '–'}</Table.Td>
                    <Table.Td>{item.closedAt ? formatDay(item.closedAt, locale) : '–'}</Table.Td>
                    <Table.Td>
                      {item.rating ? '★'.repeat(item.rating) : ''} {item.remarks}
                    </Table.Td>
                    <Table.Td>{item.closingOrder}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
        {hasNextPage ? (
          <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('insight.more')}
          </Button>
        ) : null}
      </section>
      <Definitions all={first.definitions} asOf={first.asOf} show={['dissatisfied', 'officer', 'cohort']} />
    </div>
  );
}
