import { fromCityTime } from '#libs/ui/city-time';
import type { CommandName } from '#libs/domain/case/names';
import { COMMAND_FIELDS, type FieldSpec } from './command-spec.js';

export interface Photo {
  file: Blob;
  name: string;
}

export interface Place {
  lat: number;
  lon: number;
  /** Radius in metres within which the device believes itself to be. */
  accuracy: number;
}

/** What stands in the form of a command; texts survive a lost session or a closed tab, photos only the former. */
export interface FormValues {
  texts: Readonly<Record<string, string>>;
  photos: readonly Photo[];
  place: Place | null;
}

export const EMPTY_FORM: FormValues = { texts: {}, photos: [], place: null };

/** Fields that must be filled and are not. */
export function missing(command: CommandName, values: FormValues): FieldSpec[] {
  return COMMAND_FIELDS[command].filter((field) => {
    if (!field.required) return false;
    return field.kind === 'photos' ? values.photos.length === 0 : !values.texts[field.name]?.trim();
  });
}

/** Body as the route takes it; ids of uploaded photos are put in by the sender. */
export function toBody(
  command: CommandName,
  values: FormValues,
  attachments: readonly string[],
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of COMMAND_FIELDS[command]) {
    const text = values.texts[field.name]?.trim();
    switch (field.kind) {
      case 'photos':
        if (attachments.length > 0) body[field.name] = attachments;
        break;
      case 'place':
        if (values.place) Object.assign(body, { lat: values.place.lat, lon: values.place.lon });
        break;
      case 'rating':
        if (text) body[field.name] = Number(text);
        break;
      case 'public':
        body[field.name] = text === 'true';
        break;
      case 'mobile':
        if (text) body['citizen'] = { mobile: text };
        break;
      case 'date_time':
        if (text) body[field.name] = fromCityTime(text);
        break;
      default:
        if (text) body[field.name] = text;
    }
  }
  return body;
}

function draftKey(number: string, command: CommandName): string {
  return `pratikar.draft.${number}.${command}`;
}

export function readDraft(number: string, command: CommandName): FormValues {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(draftKey(number, command)) ?? 'null');
    return value && typeof value === 'object' ? { ...EMPTY_FORM, texts: value as Record<string, string> } : EMPTY_FORM;
  } catch {
    return EMPTY_FORM;
  }
}

export function writeDraft(number: string, command: CommandName, values: FormValues): void {
  sessionStorage.setItem(draftKey(number, command), JSON.stringify(values.texts));
}

export function dropDraft(number: string, command: CommandName): void {
  sessionStorage.removeItem(draftKey(number, command));
}
