// Every component in its usual states, in both themes and three widths, without a server behind it.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { person } from '../lib/browser.mjs'
import { axeFaults, htmlFaults, keyboardFaults, reflowFaults } from '../lib/checks.mjs'

const DIST = new URL('../../assets/dist/', import.meta.url)
const FILES = [['.css', 'tessera.css', 'text/css'], ['.js', 'tessera.js', 'text/javascript'], ['.svg', 'icon.svg', 'image/svg+xml']]

function serve() {
  const html = { '/staff': undefined, '/public': undefined }
  for (const path of Object.keys(html)) {
    html[path] = execFileSync(process.env.GALLERY_BIN, [path.slice(1)], { encoding: 'utf8' })
  }
  const server = createServer((request, response) => {
    const file = FILES.find(([ending]) => request.url.endsWith(ending))
    response.setHeader('content-type', file ? file[2] : 'text/html; charset=utf-8')
    response.setHeader('content-security-policy', "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'")
    response.statusCode = file || html[request.url] ? 200 : 404
    response.end(file ? readFileSync(new URL(file[1], DIST)) : (html[request.url] ?? '<!DOCTYPE html><title>gone</title>'))
  }).listen(0, '127.0.0.1')
  return new Promise((ready) => server.once('listening', () => ready({ server, html, base: `http://127.0.0.1:${server.address().port}` })))
}

export async function gallery(report, browser) {
  const { server, html, base } = await serve()
  for (const who of ['staff', 'public']) {
    report.claim(`gallery ${who}: the HTML is valid`, await htmlFaults(html[`/${who}`]))
    for (const theme of ['light', 'dark']) {
      for (const width of [320, 768, 1280]) {
        const { context, page } = await person(browser, { base, theme, size: { width, height: 720 } })
        const said = []
        page.on('console', (message) => said.push(`console: ${message.text()}`))
        page.on('pageerror', (error) => said.push(`script: ${error}`))
        await page.goto(`/${who}`)
        const faults = [...await axeFaults(page), ...await reflowFaults(page), ...said]
        report.claim(`gallery ${who}, ${theme}, ${width} px: axe and reflow`, faults)
        if (width !== 768) report.claim(`gallery ${who}, ${theme}, ${width} px: keyboard walk`, await keyboardFaults(page))
        await context.close()
      }
    }
  }
  await enhancements(report, browser, base)
  server.close()
}

/** What the script adds, and that nothing is lost without it. */
async function enhancements(report, browser, base) {
  const { context, page } = await person(browser, { base })
  await page.goto('/public')
  const faults = []
  const must = (truth, words) => truth || faults.push(words)
  must(await page.evaluate(() => document.activeElement.matches('.govuk-error-summary')), 'the error summary does not have the focus')
  await page.getByRole('link', { name: 'Tell us what you noticed' }).click()
  must(await page.evaluate(() => document.activeElement.id === 'noticed'), 'the summary link does not lead to its field')
  await page.keyboard.type('A white van')
  must((await page.locator('#noticed-info').innerText()) === 'You have 3989 characters remaining', 'the count is wrong')
  must(!(await page.getByLabel('Phone number').isVisible()), 'a question for another answer is shown')
  await page.getByLabel('Yes', { exact: true }).check({ force: true })
  must(await page.getByLabel('Phone number').isVisible(), 'the question for the chosen answer is not shown')
  let exit
  page.on('request', (request) => { if (request.url().endsWith('/exit')) exit = request.url() })
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift')
  await page.waitForTimeout(200)
  must(exit, 'three times Shift does not leave the page')
  await context.close()
  const plain = await person(browser, { base, scripts: false })
  await plain.page.goto('/public')
  must(await plain.page.getByLabel('Phone number').isVisible(), 'without scripts a question is hidden')
  must(await plain.page.getByRole('link', { name: 'Exit this page' }).isVisible(), 'without scripts there is no way out')
  await plain.context.close()
  report.claim('the script adds focus, count, folding and a quick way out; without it all is there', faults)
}
