import { useTranslation } from 'react-i18next';

const STARS = [1, 2, 3, 4, 5] as const;

/** Five plain radio buttons under their stars: no half ones, no zero, and the number stands beside. */
export function RatingField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  problem: string | undefined;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className="rating">
      <legend>{props.label}</legend>
      {STARS.map((stars) => (
        <label key={stars} className={Number(props.value) >= stars ? 'rating__star rating__star--on' : 'rating__star'}>
          <input
            type="radio"
            name="rating"
            value={stars}
            checked={props.value === String(stars)}
            onChange={() => props.onChange(String(stars))}
            aria-label={t('case.stars', { count: stars })}
          />
          <span aria-hidden="true">★</span>
        </label>
      ))}
      <span aria-live="polite">{props.value ? t('case.stars', { count: Number(props.value) }) : ''}</span>
      {props.problem ? <p className="field-problem">{props.problem}</p> : null}
    </fieldset>
  );
}
