// Runs the parts in order and ends with the count.
import { parseArgs } from 'node:util'
import { launch } from './lib/browser.mjs'
import { Report } from './lib/report.mjs'
import { startDemo } from './lib/server.mjs'
import { Tour } from './lib/tour.mjs'
import { gallery } from './parts/gallery.mjs'
import { journeys } from './parts/journeys.mjs'
import { everyPage } from './parts/every-page.mjs'
import { weights } from './parts/weights.mjs'

const { values: options } = parseArgs({ options: { tour: { type: 'boolean' }, only: { type: 'string' } } })
const report = new Report()
const browser = await launch()
const tour = options.tour ? new Tour(browser) : undefined
const wanted = (name) => !options.only || name.includes(options.only)
let demo

const parts = [
  ['gallery', () => gallery(report, browser)],
  ...journeys.map(([name, walk]) => [name, () => walk({ report, browser, base: demo.base, tour })]),
  ['weight and slow phone', () => weights({ report, browser, base: demo.base })],
  ['every page', () => everyPage({ report, browser, base: demo.base })]
].filter(([name]) => wanted(name))

try {
  if (parts.some(([name]) => name !== 'gallery')) {
    demo = await startDemo()
    // A run that is stopped leaves no server behind.
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => demo.stop().then(() => process.exit(1)))
    console.log(`the demo was ready after ${demo.seconds.toFixed(2)} s`)
  }
  for (const [name, work] of parts) await report.part(name, work)
  await tour?.write(report)
} catch (error) {
  report.fail('the run', error.stack ?? error)
} finally {
  if (report.failed && demo) console.log(`\nthe server's last words:\n${demo.log().slice(-3000)}`)
  await browser.close()
  await demo?.stop()
}
process.exitCode = report.end()
