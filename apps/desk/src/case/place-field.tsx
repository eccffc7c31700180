import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../shell/icon.js';
import type { Place } from './form-values.js';

/** Where the officer stands, asked only when they press: evidence of having been there. */
export function PlaceField(props: {
  label: string;
  place: Place | null;
  onChange: (place: Place | null) => void;
  problem: string | undefined;
}) {
  const { t } = useTranslation();
  const [state, setState] = useState<'idle' | 'asking' | 'refused'>('idle');
  const ask = () => {
    setState('asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        props.onChange({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy });
        setState('idle');
      },
      () => setState('refused'),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  };
  return (
    <div role="group" aria-label={props.label}>
      <Button variant="light" size="md" onClick={ask} loading={state === 'asking'} leftSection={<Icon name="pin" />}>
        {t(props.place ? 'case.place_again' : 'case.place_use')}
      </Button>
      <p aria-live="polite" className="muted">
        {props.place
          ? t('case.place_taken', { metres: Math.round(props.place.accuracy) })
          : state === 'refused'
            ? t('case.place_refused')
            : ''}
      </p>
      {props.problem ? <p className="field-problem">{props.problem}</p> : null}
    </div>
  );
}
