import { Button, Menu, Select, Switch, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CASE_STATES, SOURCES } from '#libs/domain/case/names';
import { useMasters } from '../masters/use-masters.js';
import { Icon } from '../shell/icon.js';
import { useNarrow } from '../shell/use-narrow.js';
import { useSavedViews } from './saved-views.js';
import type { FilterName, Filters } from './filters.js';

export interface FilterBarProps {
  filters: Filters;
  search: string;
  onChange: (name: FilterName, value: string | null) => void;
  onClear: () => void;
  onOpen: (search: string) => void;
}

export function FilterBar({ filters, search, onChange, onClear, onOpen }: FilterBarProps) {
  const { t } = useTranslation();
  const masters = useMasters();
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  const set = Object.keys(filters).length;
  const select = (name: FilterName, label: string, data: { value: string; label: string }[]) => (
    <Select
      key={name}
      size="sm"
      aria-label={label}
      placeholder={label}
      data={data}
      value={filters[name] ?? null}
      onChange={(value) => onChange(name, value)}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('inbox.clear_one', { filter: label }) }}
      nothingFoundMessage={t('inbox.no_option')}
      maxDropdownHeight={320}
    />
  );

  return (
    <div className="filters" role="search" aria-label={t('inbox.filters')}>
      <SearchBox value={filters.q ?? ''} onChange={(value) => onChange('q', value || null)} />
      {narrow ? (
        <Button variant="default" size="sm" onClick={() => setOpen(!open)} aria-expanded={open}>
          {t('inbox.filters')} {set > 0 ? `(${set})` : ''}
        </Button>
      ) : null}
      {!narrow || open ? (
        <>
          {select(
            'state',
            t('inbox.column.state'),
            CASE_STATES.map((state) => ({ value: state, label: t(`state.${state}`) })),
          )}
          {select(
            'subCategory',
            t('inbox.column.what'),
            masters.subCategories.map((item) => ({ value: item.code, label: masters.name(item.names) })),
          )}
          {select(
            'ward',
            t('case.ward'),
            masters.wards.map((ward) => ({ value: ward.code, label: t('case.ward_n', { ward: ward.code }) })),
          )}
          {select(
            'department',
            t('case.department'),
            masters.departments.map((item) => ({ value: item.code, label: masters.name(item.names) })),
          )}
          {select(
            'source',
            t('case.source'),
            SOURCES.map((source) => ({ value: source, label: t(`source.${source}`) })),
          )}
          <Switch
            size="sm"
            label={t('inbox.only_overdue')}
            checked={filters.overdue === 'true'}
            onChange={(event) => onChange('overdue', event.currentTarget.checked ? 'true' : null)}
          />
        </>
      ) : null}
      {set > 0 ? (
        <Button variant="subtle" size="sm" onClick={onClear}>
          {t('inbox.clear')}
        </Button>
      ) : null}
      <SavedViewsMenu search={search} onOpen={onOpen} />
    </div>
  );
}

function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(value), [value]);
  return (
    <TextInput
      id="inbox-search"
      size="sm"
      className="filters__search"
      aria-label={t('inbox.search')}
      placeholder={t('inbox.search')}
      leftSection={<Icon name="search" size={16} />}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => onChange(next.trim()), 350);
      }}
    />
  );
}

function SavedViewsMenu({ search, onOpen }: { search: string; onOpen: (search: string) => void }) {
  const { t } = useTranslation();
  const { views, save, remove } = useSavedViews();
  const [name, setName] = useState('');
  return (
    <Menu width={300} position="bottom-end" closeOnItemClick>
      <Menu.Target>
        <Button variant="default" size="sm">
          {t('inbox.saved')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {views.length === 0 ? <Menu.Label>{t('inbox.saved_none')}</Menu.Label> : null}
        {views.map((view) => (
          <Menu.Item key={view.name} onClick={() => onOpen(view.search)}>
            {view.name}
          </Menu.Item>
        ))}
        {views.length > 0 ? <Menu.Divider /> : null}
        {views.map((view) => (
          <Menu.Item key={`remove-${view.name}`} color="red" onClick={() => remove(view.name)}>
            {t('inbox.saved_remove', { name: view.name })}
          </Menu.Item>
        ))}
        <form
          className="saved-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) save({ name: name.trim(), search });
            setName('');
          }}
        >
          <TextInput
            size="sm"
            label={t('inbox.save_as')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => event.stopPropagation()}
          />
          <Button type="submit" size="sm" variant="light">
            {t('inbox.save')}
          </Button>
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}
