import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { openBrowser } from './browser.js';
import { CitizenVisitor, type VisitorOptions } from './citizen-visitor.js';
import { startStack, type Stack } from './stack.js';

/** The citizens' portal as it stands on the whole stack, with a browser; may be used from `beforeAll` on. */
export interface Portal {
  stack: Stack;
  browser: Browser;
  /** A photograph as a telephone would send it. */
  photo: Buffer;
  arrive(options: VisitorOptions): Promise<CitizenVisitor>;
}

/** One stack and one browser for all tests of a file. */
export function usePortal(): Portal {
  const portal = {
    arrive: (options) => CitizenVisitor.arrive(portal.browser, portal.stack, options),
  } as Portal;
  beforeAll(async () => {
    portal.stack = await startStack();
    portal.browser = await openBrowser();
    portal.photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#6b8' } })
      .jpeg()
      .toBuffer();
  }, 120_000);
  afterAll(async () => {
    // Absent when starting failed; the failure itself is already reported.
    const { browser, stack } = portal as Partial<Portal>;
    await browser?.close();
    await stack?.stop();
  }, 60_000);
  return portal;
}
