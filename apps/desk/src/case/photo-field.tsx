import { Button, FileButton } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { shrinkPhoto } from '#libs/ui/browser/shrink-photo';
import { Icon } from '../shell/icon.js';
import type { Photo } from './form-values.js';

const TYPES = 'image/jpeg,image/png,image/webp,image/heic';

export function PhotoField(props: {
  label: string;
  photos: readonly Photo[];
  onChange: (photos: readonly Photo[]) => void;
  problem: string | undefined;
}) {
  const { t } = useTranslation();
  const { photos, onChange } = props;
  const urls = useMemo(() => photos.map((photo) => URL.createObjectURL(photo.file)), [photos]);
  useEffect(() => () => urls.forEach((url) => URL.revokeObjectURL(url)), [urls]);
  // Shrinking takes a moment, in which more may have been chosen or typed.
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const add = async (files: File[]) => {
    const small = await Promise.all(files.map(shrinkPhoto));
    latest.current.onChange([...latest.current.photos, ...small.map((file) => ({ file, name: file.name }))]);
  };
  return (
    <div role="group" aria-label={props.label}>
      <p>{props.label}</p>
      <div className="photo-field">
        <FileButton onChange={(file) => file && void add([file])} accept="image/*" capture="environment">
          {(button) => (
            <Button {...button} variant="light" size="md" leftSection={<Icon name="camera" />}>
              {t('case.take_photo')}
            </Button>
          )}
        </FileButton>
        <FileButton onChange={(files) => void add(files)} accept={TYPES} multiple>
          {(button) => (
            <Button {...button} variant="default" size="md">
              {t('case.choose_file')}
            </Button>
          )}
        </FileButton>
      </div>
      {photos.length > 0 ? (
        <ul className="thumbs">
          {photos.map((photo, index) => (
            <li key={urls[index]}>
              {photo.file.type.startsWith('image/') ? (
                <img src={urls[index]} alt={photo.name} />
              ) : (
                <span className="thumbs__file">{photo.name}</span>
              )}
              <button
                type="button"
                className="link-button"
                onClick={() => onChange(photos.filter((_, other) => other !== index))}
                aria-label={t('case.remove_photo', { name: photo.name })}
              >
                {t('case.remove')}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {props.problem ? <p className="field-problem">{props.problem}</p> : null}
    </div>
  );
}
