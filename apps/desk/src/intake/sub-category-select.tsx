import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMasters } from '../masters/use-masters.js';

export interface SubCategorySelectProps {
  id: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

/** Found by any part of its name in any of the three languages, or by its code. */
export function SubCategorySelect({ id, value, onChange, error }: SubCategorySelectProps) {
  const { t } = useTranslation();
  const masters = useMasters();
  const words = useMemo(
    () =>
      new Map(
        masters.subCategories.map((item) => [
          item.code,
          [item.code, ...Object.values(item.names)].join(' ').toLowerCase(),
        ]),
      ),
    [masters.subCategories],
  );
  const data = useMemo(
    () =>
      masters.subCategories.map((item) => ({
        value: item.code,
        label: `${masters.name(item.names)} · ${masters.departmentName(item.department)}`,
      })),
    [masters],
  );
  const [search, setSearch] = useState('');
  const matching = (text: string) => {
    const wanted = text.toLowerCase().trim().split(/\s+/);
    return data.filter((item) => wanted.every((word) => words.get(item.value)?.includes(word)));
  };
  const chosen = data.find((item) => item.value === value)?.label;
  return (
    <Select
      id={id}
      label={t('field.sub_category')}
      placeholder={t('intake.sub_category_hint')}
      data={data}
      value={value || null}
      onChange={(next) => onChange(next ?? '')}
      searchValue={search}
      onSearchChange={setSearch}
      // Going on with Tab takes the first that fits: a caller is on the line.
      onBlur={() => {
        if (search.trim() === '' || search === chosen) return;
        const first = matching(search)[0];
        if (first) onChange(first.value);
      }}
      filter={({ options, search: text }) => {
        if (text === chosen) return options;
        const fitting = new Set(matching(text).map((item) => item.value));
        return options.filter((option) => 'value' in option && fitting.has(option.value));
      }}
      searchable
      required
      error={error}
      nothingFoundMessage={t('inbox.no_option')}
      maxDropdownHeight={320}
    />
  );
}
