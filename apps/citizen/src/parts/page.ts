import type { ComponentChildren } from 'preact';

/** How the language of a page that came from a form is changed without losing what was typed. */
export interface Resend {
  action: string;
  fields: Readonly<Record<string, string>>;
}

export interface PageProps {
  title: string;
  children: ComponentChildren;
  /** Which of the main ways this page belongs to. */
  at?: 'home' | 'lodge' | 'track' | 'mine';
  script?: 'lodge' | 'case';
  /** Words and figures for the script of this page. */
  data?: unknown;
  /** For pages that answer a form: they cannot be asked for again by their address. */
  resend?: Resend;
  /** Printed without anything around it. */
  slip?: boolean;
}
