import { dropDraft, readDraft } from './draft-store.js';
import { pageData } from './page-data.js';
import { MOST_PHOTOS, PhotoPicker } from './photos.js';

/** On the pages of a case: photos are shown before they are sent, and a complaint that has a number is no draft. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[enctype="multipart/form-data"]')) {
  new PhotoPicker(form, null, MOST_PHOTOS, () => undefined);
}

if (pageData<{ lodged?: boolean }>().lodged) {
  void readDraft().then(async (draft) => {
    if (draft && !draft.waiting) await dropDraft();
  });
}
