import { Menu, UnstyledButton } from '@mantine/core';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation, useNavigate, useNavigation } from 'react-router';
import { LoginPage } from '../session/login-page.js';
import { PasswordPage } from '../session/password-page.js';
import { useSession, useUser } from '../session/session.js';
import { startSending } from '../field/offline-queue.js';
import { useWaitingCount } from '../field/use-offline-queue.js';
import { Icon } from './icon.js';
import { LanguageSwitch } from './language-switch.js';
import { LiveProvider, useLive } from './live.js';
import { navigationFor } from './navigation.js';
import { Broken, Slow } from './page-states.js';
import { ShortcutProvider, useShortcuts } from './shortcuts.js';
import { ThemeSwitch } from './theme-switch.js';
import { ToastProvider } from './toast.js';
import { useNetwork } from './use-network.js';
import { Unreachable } from '../api/problem.js';

/** Everything behind the login: header, navigation, live updates, shortcuts; the login page itself in front of it. */
export function Frame() {
  const { status, user, retry } = useSession();
  if (status === 'loading' && !user) return <Slow />;
  if (status === 'unreachable') return <Broken error={new Unreachable(null)} onRetry={retry} />;
  if (!user) return <LoginPage />;
  if (user.mustChange) return <PasswordPage />;
  return (
    <ToastProvider>
      <LiveProvider>
        <ShortcutProvider>
          <Shell />
        </ShortcutProvider>
      </LiveProvider>
    </ToastProvider>
  );
}

function Shell() {
  const { t } = useTranslation();
  const user = useUser();
  const navigate = useNavigate();
  const navigation = useNavigation();
  const location = useLocation();
  const items = navigationFor(user.roles);
  const { showHelp } = useShortcuts(
    items.map((item) => ({
      keys: `g ${item.shortcut}`,
      label: t(`nav.${item.key}`),
      run: () => void navigate(item.to),
    })),
  );

  useEffect(startSending, []);
  useEffect(() => {
    const main = document.getElementById('main');
    // A page that put the focus where it belongs keeps it.
    if (main && !main.contains(document.activeElement)) main.focus({ preventScroll: true });
  }, [location.pathname]);

  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <header className="shell__head">
        <NavLink to="/" className="brand" aria-label="Pratikar">
          <span className="brand__mark" aria-hidden="true" />
          <span className="brand__name">Pratikar</span>
        </NavLink>
        <nav className="shell__nav" aria-label={t('shell.navigation')}>
          {items.map((item) => (
            <NavLink key={item.to} to={item.to} end={item.to === '/'} className="shell__link">
              <Icon name={item.icon} />
              <span>{t(`nav.${item.key}`)}</span>
            </NavLink>
          ))}
        </nav>
        <div className="shell__tools">
          <LiveMark />
          <LanguageSwitch />
          <ThemeSwitch />
          <UnstyledButton
            className="icon-button only-wide"
            onClick={showHelp}
            aria-label={t('shell.shortcuts')}
            title="?"
          >
            <Icon name="help" />
          </UnstyledButton>
          <UserMenu />
        </div>
      </header>
      <NetworkBar />
      <main id="main" className="shell__main" tabIndex={-1} aria-busy={navigation.state === 'loading'}>
        <Suspense fallback={<Slow />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}

function LiveMark() {
  const { t } = useTranslation();
  const { mode } = useLive();
  return (
    <span className={`live live--${mode}`} title={t(`live.${mode}_text`)}>
      <span className="live__dot" aria-hidden="true" />
      <span className="live__word">{t(`live.${mode}`)}</span>
    </span>
  );
}

function UserMenu() {
  const { t } = useTranslation();
  const user = useUser();
  const { signOut } = useSession();
  const waiting = useWaitingCount();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <UnstyledButton className="icon-button icon-button--user" aria-label={t('shell.account', { name: user.name })}>
          <Icon name="user" />
          <span className="only-wide user-name">{user.name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.name} · {user.username}
        </Menu.Label>
        {user.posts.slice(0, 6).map((post) => (
          <Menu.Label key={post.position}>
            {post.designation}, {post.position}
          </Menu.Label>
        ))}
        <Menu.Divider />
        {waiting > 0 ? (
          <Menu.Item onClick={() => void navigate('/waiting')}>{t('offline.waiting', { count: waiting })}</Menu.Item>
        ) : null}
        <Menu.Item onClick={() => void signOut()}>{t('session.sign_out')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Told in words, at the top of the page, for as long as it lasts. */
function NetworkBar() {
  const { t } = useTranslation();
  const online = useNetwork();
  const waiting = useWaitingCount();
  const text = online ? (waiting > 0 ? t('offline.sending', { count: waiting }) : null) : t('offline.offline');
  return (
    <div aria-live="polite">
      {text ? (
        <p className="network-bar">
          <Icon name="offline" /> {text}
          {waiting > 0 ? <NavLink to="/waiting">{t('offline.show')}</NavLink> : null}
        </p>
      ) : null}
    </div>
  );
}
