import { Button, Menu, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '#libs/contracts/api/views';
import type { CommandName } from '#libs/domain/case/names';
import { useMasters } from '../masters/use-masters.js';
import { cannedReplies } from './canned-replies.js';
import { COMMAND_FIELDS, type FieldSpec } from './command-spec.js';
import type { FormValues } from './form-values.js';
import { PhotoField } from './photo-field.js';
import { PlaceField } from './place-field.js';
import { RatingField } from './rating-field.js';

export interface CommandFieldsProps {
  command: CommandName;
  /** The case, or one that stands for the many of a bulk action. */
  view: CaseView;
  values: FormValues;
  onChange: (values: FormValues) => void;
  /** Problem by field name. */
  problems: Readonly<Record<string, string>>;
  bulk?: boolean;
}

export function CommandFields(props: CommandFieldsProps) {
  const fields = COMMAND_FIELDS[props.command].filter(
    (field) => !props.bulk || (field.kind !== 'photos' && field.kind !== 'place'),
  );
  return (
    <>
      {fields.map((field, index) => (
        <Field key={field.name} {...props} field={field} first={index === 0} />
      ))}
    </>
  );
}

function Field({
  field,
  command,
  view,
  values,
  onChange,
  problems,
  first,
}: CommandFieldsProps & { field: FieldSpec; first: boolean }) {
  const { t } = useTranslation();
  const masters = useMasters();
  const value = values.texts[field.name] ?? '';
  const set = (text: string) => onChange({ ...values, texts: { ...values.texts, [field.name]: text } });
  const label = t(`field.${field.label}`);
  const posts = useMemo(
    () =>
      masters.posts
        .filter((post) => post.department === view.department && post.position !== view.owner?.position)
        .filter((post) => post.role === 'lme' || (field.kind === 'post' && post.role !== 'gro'))
        .sort(
          (a, b) =>
            Number(serves(b.wards, view.ward)) - Number(serves(a.wards, view.ward)) ||
            a.position.localeCompare(b.position),
        )
        .map((post) => ({
          value: post.position,
          label: `${post.designation} · ${post.position}${post.holder ? ` · ${post.holder}` : ` · ${t('case.vacant')}`}`,
        })),
    [masters.posts, view.department, view.owner, view.ward, field.kind, t],
  );
  const common = {
    label,
    error: problems[field.name],
    required: field.required ?? false,
    ...(first ? { 'data-autofocus': true } : {}),
  };
  const select = (data: { value: string; label: string }[]) => (
    <Select
      {...common}
      data={data}
      value={value || null}
      onChange={(next) => set(next ?? '')}
      searchable
      clearable={!field.required}
      nothingFoundMessage={t('inbox.no_option')}
      maxDropdownHeight={280}
    />
  );

  switch (field.kind) {
    case 'post':
    case 'field_post':
      return select(posts);
    case 'sub_category':
      return select(masters.subCategories.map((item) => ({ value: item.code, label: masters.name(item.names) })));
    case 'department':
      return select(masters.departments.map((item) => ({ value: item.code, label: masters.name(item.names) })));
    case 'ward':
      return select(masters.wards.map((ward) => ({ value: ward.code, label: t('case.ward_n', { ward: ward.code }) })));
    case 'reject_reason':
      return select(masters.rejectReasons.map((item) => ({ value: item.code, label: masters.name(item.names) })));
    case 'rating':
      return <RatingField label={label} value={value} onChange={set} problem={problems[field.name]} />;
    case 'photos':
      return (
        <PhotoField
          label={label}
          photos={values.photos}
          onChange={(photos) => onChange({ ...values, photos })}
          problem={problems[field.name]}
        />
      );
    case 'place':
      return (
        <PlaceField
          label={label}
          place={values.place}
          onChange={(place) => onChange({ ...values, place })}
          problem={problems['lat'] ?? problems['lon']}
        />
      );
    case 'public':
      return (
        <Switch
          label={label}
          description={t('field.public_hint')}
          checked={value === 'true'}
          onChange={(event) => set(String(event.currentTarget.checked))}
        />
      );
    case 'number':
      return (
        <TextInput
          {...common}
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
          placeholder="KMC-26-0001234-5"
          autoCapitalize="characters"
        />
      );
    case 'mobile':
      return (
        <TextInput
          {...common}
          type="tel"
          inputMode="tel"
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    case 'date_time':
      return (
        <TextInput
          {...common}
          type="datetime-local"
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    case 'long': {
      const replies = field.canned
        ? cannedReplies(command, masters.subCategory(view.subCategory)?.category, view.locale)
        : [];
      return (
        <div>
          <Textarea
            {...common}
            description={
              field.canned ? t('field.read_by_citizen', { language: t(`language.${view.locale}`) }) : undefined
            }
            value={value}
            onChange={(event) => set(event.currentTarget.value)}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={4000}
          />
          {replies.length > 0 ? (
            <Menu width={420} position="bottom-start" zIndex={400}>
              <Menu.Target>
                <Button variant="subtle" size="compact-sm" mt={4}>
                  {t('case.canned')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown lang={view.locale} maw="92vw">
                {replies.map((reply) => (
                  <Menu.Item key={reply} onClick={() => set(value.trim() ? `${value.trim()} ${reply}` : reply)}>
                    {reply}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          ) : null}
        </div>
      );
    }
  }
}

function serves(wards: readonly string[], ward: string): boolean {
  return wards.includes('*') || wards.includes(ward);
}
