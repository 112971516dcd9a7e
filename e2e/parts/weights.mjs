// What a page costs: bytes with a cold cache, and time to the first words on a slow phone.
import { readFileSync } from 'node:fs'
import { PHONE, person } from '../lib/browser.mjs'
import { PAGES, signIn } from '../lib/demo.mjs'

const BUDGET = JSON.parse(readFileSync(new URL('../budgets.json', import.meta.url)))

async function measured(browser, base, path, { who, slow } = {}) {
  const { context, page } = await person(browser, { base, size: PHONE })
  let bytes = 0
  if (who) {
    await page.goto('/')
    await signIn(page, who)
  }
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  await network.send('Network.clearBrowserCache')
  network.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength })
  if (slow) {
    await network.send('Network.emulateNetworkConditions', {
      offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000
    })
    await network.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  }
  await page.goto(path, { waitUntil: 'load' })
  const first = await page.evaluate(() => new Promise((done) => {
    const seen = performance.getEntriesByName('first-contentful-paint')[0]
    if (seen) done(seen.startTime / 1000)
    new PerformanceObserver((list) => list.getEntriesByName('first-contentful-paint').forEach((entry) => done(entry.startTime / 1000)))
      .observe({ type: 'paint', buffered: true })
  }))
  await context.close()
  return { bytes, first }
}

export async function weights({ report, browser, base }) {
  for (const [name, path] of PAGES.public) {
    const { bytes } = await measured(browser, base, path)
    report.within(`bytes of ${name} with everything it needs`, bytes, BUDGET.bytes.public, ' bytes')
  }
  for (const [name, path, who] of PAGES.staff) {
    const { bytes } = await measured(browser, base, path, { who })
    report.within(`bytes of ${name} with everything it needs`, bytes, BUDGET.bytes.staff, ' bytes')
  }
  const [name, path] = PAGES.public.at(-1)
  // The best of three: other work on this machine only ever makes it slower.
  const firsts = []
  for (let run = 0; run < 3; run += 1) firsts.push((await measured(browser, base, path, { slow: true })).first)
  const first = Math.min(...firsts)
  report.within(`first words of ${name} on a slow phone (processor / 6, 400 kbit/s, 400 ms)`, first, BUDGET.slowPhoneFirstWords, ' s')
}
