import type { CaseView } from '#libs/contracts/api/views';
import type { CommandName } from '#libs/domain/case/names';
import { giveCommand, upload } from '../api/endpoints.js';
import { toBody, type FormValues } from './form-values.js';

/** Photos first, then the command; every part has its own key under the command's, so that a repetition adds nothing. */
export async function sendCommand(
  number: string,
  command: CommandName,
  values: FormValues,
  key: string,
): Promise<CaseView> {
  const ids: string[] = [];
  for (const [index, photo] of values.photos.entries()) {
    ids.push((await upload(photo.file, photo.name, `${key}-photo-${index}`)).id);
  }
  return giveCommand(number, command, toBody(command, values, ids), key);
}
