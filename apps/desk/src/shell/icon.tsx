/** Line icons drawn on a 24-unit grid; decoration only, a word always says the same. */
const PATHS = {
  inbox: 'M4 13l3-8h10l3 8v6H4zM4 13h5l1 3h4l1-3h5',
  plus: 'M12 5v14M5 12h14',
  desk: 'M4 6h16M4 12h16M4 18h10',
  up: 'M12 19V5M6 11l6-6 6 6',
  chart: 'M4 20h16M7 20v-6M12 20V6M17 20v-9',
  gear: 'M12 9a3 3 0 100 6 3 3 0 000-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M5.6 18.4l2.2-2.2M16.2 7.8l2.2-2.2',
  help: 'M9 9a3 3 0 115 2c-1 1-2 1.5-2 3M12 17.5v.01',
  user: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4 20c1-4 4-6 8-6s7 2 8 6',
  sun: 'M12 8a4 4 0 100 8 4 4 0 000-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5L19 19M5 19l1.5-1.5M17.5 6.5L19 5',
  moon: 'M20 14A8 8 0 1110 4a6.5 6.5 0 0010 10z',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3',
  globe: 'M12 3a9 9 0 100 18 9 9 0 000-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  clock: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3.5 2',
  alert: 'M12 4l9 16H3zM12 10v4M12 17v.01',
  check: 'M4 12.5l5 5L20 6.5',
  pause: 'M8 5v14M16 5v14',
  archive: 'M4 5h16v4H4zM5.5 9v10h13V9M10 13h4',
  camera: 'M4 8h4l2-3h4l2 3h4v11H4zM12 10a3.5 3.5 0 100 7 3.5 3.5 0 000-7z',
  pin: 'M12 21s-7-6-7-11a7 7 0 0114 0c0 5-7 11-7 11zM12 8a2.5 2.5 0 100 5 2.5 2.5 0 000-5z',
  message: 'M4 5h16v11H9l-5 4z',
  print: 'M7 9V4h10v5M5 9h14v8h-2M5 9v8h2M7 14h10v6H7z',
  back: 'M15 5l-7 7 7 7',
  more: 'M5 12v.01M12 12v.01M19 12v.01',
  search: 'M11 5a6 6 0 100 12 6 6 0 000-12zM20 20l-4.5-4.5',
  phone: 'M6 3h4l1.5 5L9 10c1 2 3 4 5 5l2-2.5L21 14v4c0 2-1 3-3 3C10 21 3 14 3 6c0-2 1-3 3-3z',
  history: 'M4 5v5h5M4.6 10a8 8 0 111 7M12 8v4l3 2',
  offline: 'M3 3l18 18M4 9.5a12 12 0 014.5-2.7M12 6a12 12 0 018 3.5M7 13.5a8 8 0 014-2.3M15.5 12.5L17 13.5M12 18v.01',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
