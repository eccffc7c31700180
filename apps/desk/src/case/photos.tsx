import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachmentView, CaseView } from '#libs/contracts/api/views';

/** Before and after beside each other, so that a resolution can be judged at a glance. */
export function Photos({ view }: { view: CaseView }) {
  const { t } = useTranslation();
  const [large, setLarge] = useState<AttachmentView | null>(null);
  if (view.attachments.length === 0) return null;
  const group = (kind: AttachmentView['kind']) => {
    const items = view.attachments.filter((attachment) => attachment.kind === kind);
    return (
      <div>
        <h3 className="photos__title">{t(kind === 'complaint' ? 'case.before' : 'case.after')}</h3>
        {items.length === 0 ? <p className="muted">{t('case.no_photo')}</p> : null}
        <div className="photos__list">
          {items.map((item, index) =>
            item.mime.startsWith('image/') ? (
              <button
                key={item.id}
                type="button"
                className="photos__button"
                onClick={() => setLarge(item)}
                aria-label={t('case.photo_n', { n: index + 1 })}
              >
                <img src={item.url} alt="" loading="lazy" />
              </button>
            ) : item.mime.startsWith('audio/') ? (
              <figure key={item.id} className="voice">
                <figcaption>
                  {t('case.voice_n', { n: index + 1 })} ·{' '}
                  <a href={item.url} download>
                    {t('case.save_file')}
                  </a>
                </figcaption>
                <audio controls preload="none" src={item.url} aria-label={t('case.voice_n', { n: index + 1 })} />
              </figure>
            ) : (
              <a key={item.id} href={item.url} target="_blank" rel="noreferrer">
                {t('case.file_n', { n: index + 1 })}
              </a>
            ),
          )}
        </div>
      </div>
    );
  };
  return (
    <div className="photos">
      {group('complaint')}
      {group('evidence')}
      <Modal
        opened={large !== null}
        onClose={() => setLarge(null)}
        size="xl"
        title={t(large?.kind === 'evidence' ? 'case.after' : 'case.before')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        {large ? (
          <img
            src={large.url}
            alt={t(large.kind === 'evidence' ? 'case.after' : 'case.before')}
            className="photos__large"
          />
        ) : null}
      </Modal>
    </div>
  );
}
