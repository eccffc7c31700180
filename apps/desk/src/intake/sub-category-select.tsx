import { Select } from '@mantine/core';
import { useMemo } from 'react';
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
    () => new Map(masters.subCategories.map((item) => [item.code, [item.code, ...Object.values(item.names)].join(' ').toLowerCase()])),
    [masters.subCategories],
  );
  const data = useMemo(
    () => masters.subCategories.map((item) => ({ value: item.code, label: `${masters.name(item.names)} · ${masters.departmentName(item.department)}` })),
    [masters],
  );
  return (
    <Select
      id={id}
      label={t('field.sub_category')}
      placeholder={t('intake.sub_category_hint')}
      data={data}
      value={value || null}
      onChange={(next) => onChange(next ?? '')}
      filter={({ options, search }) => {
        const wanted = search.toLowerCase().trim().split(/\s+/);
        const chosen = data.find((item) => item.value === value);
        if (chosen && search === chosen.label) return options;
        return options.filter((option) => 'value' in option && wanted.every((word) => words.get(option.value)?.includes(word)));
      }}
      searchable
      autoSelectOnBlur
      required
      error={error}
      nothingFoundMessage={t('inbox.no_option')}
      maxDropdownHeight={320}
    />
  );
}
