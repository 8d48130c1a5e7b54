/** One browser window on the console, and everything in it that must not happen. */
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export interface Visit {
  page: Page;
  /** Console errors, page errors, broken rules of the content policy, requests beyond the origin. */
  troubles: string[];
  close(): Promise<void>;
}

export interface VisitOptions {
  colorScheme?: 'light' | 'dark';
  width?: number;
  height?: number;
}

export async function visit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.colorScheme ?? 'light',
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  } satisfies BrowserContextOptions);
  const page = await context.newPage();
  const troubles: string[] = [];
  const { origin } = new URL(url);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`page: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('blob:'))
      troubles.push(`request to ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  await page.goto(url);
  return { page, troubles, close: () => context.close() };
}

const screens = fileURLToPath(new URL('../../docs/screens/', import.meta.url));

/** Takes a screenshot into docs/screens when asked to (GAIB_SCREENS=1); the specs themselves compare no pixels. */
export async function screenshot(page: Page, name: string, { fullPage = true } = {}): Promise<void> {
  if (!process.env.GAIB_SCREENS) return;
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${screens}${name}.png`, fullPage, animations: 'disabled' });
}
