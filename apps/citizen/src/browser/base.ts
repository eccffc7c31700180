/** On every page: reading aids without a reload, the way to what is wrong, and the worker that knows of no network. */
const root = document.documentElement;
root.dataset['scripted'] = '';

function keepPreferences(): void {
  const languages = document.querySelector<HTMLButtonElement>('.languages [aria-pressed="true"]');
  const kept = /(?:^|; )pratikar_prefs=([^;]*)/.exec(document.cookie)?.[1]?.split('.')[0];
  const size = root.dataset['size'] ?? 'normal';
  const contrast = root.dataset['theme'] === 'contrast' ? '1' : '0';
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  const value = `${kept ?? languages?.value ?? ''}.${size}.${contrast}`;
  document.cookie = `pratikar_prefs=${value}; Path=/; SameSite=Lax; Max-Age=${365 * 86_400}${secure}`;
}

document.querySelector('.reading')?.addEventListener('click', (event) => {
  const button = (event.target as Element).closest<HTMLButtonElement>('[data-pref]');
  if (!button) return;
  event.preventDefault();
  if (button.dataset['pref'] === 'size') {
    root.dataset['size'] = button.value;
    for (const each of document.querySelectorAll('[data-pref="size"]')) {
      each.setAttribute('aria-pressed', String(each === button));
    }
  } else {
    const on = root.dataset['theme'] !== 'contrast';
    if (on) root.dataset['theme'] = 'contrast';
    else delete root.dataset['theme'];
    button.setAttribute('aria-pressed', String(on));
    button.value = on ? '0' : '1';
  }
  keepPreferences();
});

for (const each of document.querySelectorAll<HTMLElement>('[data-script]')) each.hidden = false;
document.querySelector<HTMLElement>('[data-focus]')?.focus();
document.querySelector('[data-print]')?.addEventListener('click', () => print());

if ('serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/sw.js', { scope: '/' }).catch(() => undefined);
}

export {};
