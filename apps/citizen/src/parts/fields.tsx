import type { ComponentChildren } from 'preact';
import type { Words } from '../words/index.js';
import { Icon } from './icons.js';

/** Field → what is wrong with it, in the reader's language. */
export type Faults = Readonly<Record<string, string>>;

/** First thing on a page that was sent back: what to mend, each leading to its field. */
export function FaultSummary({ faults, words }: { faults: Faults; words: Words }) {
  const entries = Object.entries(faults);
  if (entries.length === 0) return null;
  return (
    <div class="notice warn" role="alert" id="faults" tabindex={-1} data-focus>
      <span class="sign" aria-hidden="true">
        !
      </span>
      <div>
        <h2>{words.site.problemTitle}</h2>
        <ul>
          {entries.map(([field, text]) => (
            <li>
              <a href={`#${field}`}>{text}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

interface FieldProps {
  name: string;
  label: string;
  words: Words;
  hint?: string;
  optional?: boolean;
  fault?: string | undefined;
}

function describedBy({ name, hint, fault }: Pick<FieldProps, 'name' | 'hint' | 'fault'>): {
  'aria-describedby'?: string;
} {
  const ids = [...(hint ? [`${name}-hint`] : []), ...(fault ? [`${name}-fault`] : [])];
  return ids.length > 0 ? { 'aria-describedby': ids.join(' ') } : {};
}

export function Fault({ name, text }: { name: string; text: string | undefined }) {
  return text ? (
    <p class="fault" id={`${name}-fault`}>
      <span aria-hidden="true">! </span>
      {text}
    </p>
  ) : null;
}

function Frame({ field, children }: { field: FieldProps; children: ComponentChildren }) {
  const { name, label, hint, optional, fault, words } = field;
  return (
    <div class={fault ? 'field wrong' : 'field'}>
      <label for={name}>
        {label}
        {optional ? <span class="optional"> ({words.site.optional})</span> : null}
      </label>
      {hint ? (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      <Fault name={name} text={fault} />
      {children}
    </div>
  );
}

export function TextField({
  value,
  input = {},
  ...field
}: FieldProps & { value: string; input?: Record<string, string | number | boolean> }) {
  const { name, fault } = field;
  return (
    <Frame field={field}>
      <input
        type="text"
        id={name}
        name={name}
        value={value}
        {...(fault ? { 'aria-invalid': 'true' as const } : {})}
        {...describedBy(field)}
        {...input}
      />
    </Frame>
  );
}

export function TextArea({
  value,
  rows = 5,
  most = 4000,
  ...field
}: FieldProps & { value: string; rows?: number; most?: number }) {
  const { name, fault } = field;
  return (
    <Frame field={field}>
      <textarea
        id={name}
        name={name}
        rows={rows}
        maxlength={most * 2}
        {...(fault ? { 'aria-invalid': 'true' as const } : {})}
        {...describedBy(field)}
        value={value}
      />
    </Frame>
  );
}

/** Camera and album as two buttons of a thumb's size; both are plain file fields. */
export function PhotoFields({
  words,
  fault,
  prefix = '',
}: {
  words: Words;
  fault?: string | undefined;
  prefix?: string;
}) {
  const id = `${prefix}photos`;
  return (
    <fieldset class={fault ? 'field photos wrong' : 'field photos'} id={id}>
      <legend>
        {words.lodge.photos} <span class="optional">({words.site.optional})</span>
      </legend>
      <p class="hint" id={`${id}-hint`}>
        {words.lodge.photosHint}
      </p>
      <Fault name={id} text={fault} />
      <div class="pair">
        <label class="file">
          <span>
            <Icon name="camera" />
            {words.lodge.takePhoto}
          </span>
          <input
            type="file"
            name="photos"
            accept="image/jpeg,image/png,image/webp"
            capture="environment"
            aria-describedby={`${id}-hint`}
          />
        </label>
        <label class="file">
          <span>
            <Icon name="album" />
            {words.lodge.choosePhotos}
          </span>
          <input
            type="file"
            name="photos"
            accept="image/jpeg,image/png,image/webp"
            multiple
            aria-describedby={`${id}-hint`}
          />
        </label>
      </div>
      <ul class="previews" data-previews aria-live="polite" />
    </fieldset>
  );
}
