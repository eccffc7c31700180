import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { formatNumber } from '#libs/ui/format';
import type { Counted } from '#libs/contracts/api/insight';
import { useLocale } from '../use-locale.js';

/** Address of the inbox with the cases of a figure. */
export function casesAddress(query: Readonly<Record<string, string>>): string {
  return `/?${new URLSearchParams({ view: 'all', ...query }).toString()}`;
}

/** A number that opens the cases it counts. */
export function Figure({ of, children, label }: { of: Counted; children?: ReactNode; label?: string }) {
  const locale = useLocale();
  const text = children ?? formatNumber(of.count, locale);
  if (of.count === 0) return <span className="muted num">{text}</span>;
  return (
    <Link to={casesAddress(of.query)} className="num figure" {...(label ? { 'aria-label': label } : {})}>
      {text}
    </Link>
  );
}
