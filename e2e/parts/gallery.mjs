// Every component in its usual states, in both themes and three widths, without a server behind it.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { person } from '../lib/browser.mjs'
import { axeFaults, htmlFaults, keyboardFaults, reflowFaults, spacingFaults } from '../lib/checks.mjs'

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
    const forced = await person(browser, { base })
    await forced.page.emulateMedia({ forcedColors: 'active' })
    await forced.page.goto(`/${who}`)
    report.claim(`gallery ${who}, forced colours: axe, keyboard walk`, [...await axeFaults(forced.page), ...await keyboardFaults(forced.page)])
    await forced.context.close()
    for (const theme of ['light', 'dark']) {
      for (const width of [320, 768, 1280]) {
        const { context, page } = await person(browser, { base, theme, size: { width, height: 720 } })
        const said = []
        page.on('console', (message) => said.push(`console: ${message.text()}`))
        page.on('pageerror', (error) => said.push(`script: ${error}`))
        await page.goto(`/${who}`)
        const faults = [...await axeFaults(page), ...await reflowFaults(page), ...await spacingFaults(page), ...said]
        report.claim(`gallery ${who}, ${theme}, ${width} px: axe, reflow, spacing`, faults)
        if (width !== 768) report.claim(`gallery ${who}, ${theme}, ${width} px: keyboard walk`, await keyboardFaults(page))
        await context.close()
      }
    }
  }
  await enhancements(report, browser, base)
  await sensitivity(report, browser, base)
  server.close()
}

/** Each check finds the fault it is for; a check that finds nothing anywhere proves nothing. */
async function sensitivity(report, browser, base) {
  const { context, page } = await person(browser, { base, size: { width: 320, height: 600 } })
  await page.goto('/public')
  const spoil = (html, css = '') => page.evaluate(([body, rules]) => {
    document.body.innerHTML = `<main><h1>Spoilt</h1>${body}</main>`
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(rules)
    document.adoptedStyleSheets = [sheet]
  }, [html, css])
  const faults = []
  const finds = async (what, pattern, check) => {
    const found = await check(page)
    if (!found.some((fault) => pattern.test(fault))) faults.push(`${what} is not found, only: ${found.join('; ')}`)
  }
  await spoil('<p>Pale</p>', 'p { color: #ccc; background: #fff }')
  await finds('pale text', /color-contrast/, axeFaults)
  await spoil('<input id="a">')
  await finds('an input without a label', /axe label/, axeFaults)
  await spoil('<a href="/a">1</a><a href="/b">2</a>', 'a { display: inline-block; width: 9px; height: 9px; overflow: hidden }')
  await finds('a small target', /target-size/, axeFaults)
  await spoil('<pre>wide</pre>', 'pre { width: 900px }')
  await finds('sideways scrolling', /scrolls sideways/, reflowFaults)
  await spoil('<p>Several words of text</p>', 'p { height: 1em; overflow: hidden }')
  await finds('cut text', /cut off/, spacingFaults)
  await spoil('<a href="/a">a</a>', 'a, a:focus, a:focus-visible { outline: none; background: none; box-shadow: none; border: 0 none #000 }')
  await finds('an invisible focus', /cannot be seen/, keyboardFaults)
  await spoil('<a href="/a">a</a><a href="/b" tabindex="1">b</a>')
  await finds('a broken order', /out of order|never reaches/, keyboardFaults)
  await spoil('<a href="/a">a</a><div></div>', 'div { position: fixed; inset: 0; background: #fff }')
  await finds('a covered control', /is covered/, keyboardFaults)
  const html = await htmlFaults('<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><p id="a"><div id="a"></div></body></html>')
  if (!html.some((fault) => /no-dup-id/.test(fault))) faults.push(`a doubled id is not found: ${html.join('; ')}`)
  await context.close()
  report.claim('each check finds the fault it is for', faults)
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
