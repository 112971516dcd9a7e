// Debian's Chromium, silent about everything but our own pages.
import { chromium } from 'playwright-core'

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'
]

export const DESKTOP = { width: 1280, height: 720 }
export const PHONE = { width: 320, height: 640 }

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS })
}

/** A person at a browser of their own: no cookies, nothing cached. */
export async function person(browser, { size = DESKTOP, scripts = true, theme = 'light', base } = {}) {
  const context = await browser.newContext({
    viewport: size,
    javaScriptEnabled: scripts,
    colorScheme: theme,
    baseURL: base,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce'
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  // Nothing may ever leave for another host.
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url())
    return url.origin === base ? route.continue() : route.abort()
  })
  return { context, page }
}
