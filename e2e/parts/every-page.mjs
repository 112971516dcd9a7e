// Every page that anyone can reach by links, as each kind of person: as it is, and as it answers a
// form sent empty. In both themes, on a phone and a desktop.
import { readFileSync } from 'node:fs'
import { DESKTOP, PHONE, person } from '../lib/browser.mjs'
import { axeFaults, htmlFaults, keyboardFaults, reflowFaults } from '../lib/checks.mjs'
import { PEOPLE, signIn } from '../lib/demo.mjs'
import { blocks, grade, sentences } from '../lib/words.mjs'

const BUDGET = JSON.parse(readFileSync(new URL('../budgets.json', import.meta.url)))

const MOST_PAGES = 300
const LEAVE_ALONE = /sign-?out|log-?out|\/exit|\/leave|\/assets\//

/** The shape of an address: what differs from record to record becomes `:id`. */
export function shape(url) {
  const { pathname, searchParams } = new URL(url)
  const path = pathname.split('/').map((part) => (/\d|^[A-Z0-9-]{6,}$/.test(part) ? ':id' : part)).join('/')
  const keys = [...new Set(searchParams.keys())].sort().join('&')
  return keys ? `${path}?${keys}` : path
}

export async function everyPage({ report, browser, base }) {
  const seen = new Set()
  const said = { public: new Set(), staff: new Set() }
  for (const who of [undefined, ...PEOPLE]) {
    const { context, page } = await person(browser, { base })
    const complaints = []
    page.on('console', (message) => { if (message.type() === 'error' && !/status of 4(03|22)/.test(message.text())) complaints.push(`console: ${message.text()}`) })
    page.on('pageerror', (error) => complaints.push(`script: ${error}`))
    await page.goto('/')
    if (who) await signIn(page, who)
    const visit = { report, page, seen, complaints, who: who ?? 'no one signed in', words: who ? said.staff : said.public, staffWords: said.staff }
    await crawl(visit)
    await context.close()
  }
  for (const [kind, words] of Object.entries(said)) {
    const text = sentences([...words])
    report.within(`reading grade of ${kind} pages`, grade(text), BUDGET.readingGrade[kind])
    report.claim(`sentences of ${kind} pages have at most 25 words`, text.filter((sentence) => sentence.split(' ').length > 25))
  }
  report.claim(`reached ${seen.size} kinds of page`, seen.size >= 20 ? [] : [[...seen].join(', ')])
}

async function crawl(visit) {
  const { report, page, seen, who } = visit
  const queue = [page.url()]
  const queued = new Set(queue.map(shape))
  for (let count = 0; queue.length && count < MOST_PAGES; count += 1) {
    const url = queue.shift()
    const answer = await page.goto(url).catch((error) => {
      if (/Download is starting|ERR_ABORTED/.test(String(error))) return undefined
      throw error
    })
    if (!answer || !(answer.headers()['content-type'] ?? '').startsWith('text/html')) continue
    const links = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map((link) => link.href))
    const kind = shape(page.url())
    // 403 is a page of its own: it asks why a file is opened.
    if (answer.status() >= 400 && answer.status() !== 403) report.fail(`${kind} (${who})`, `a link leads to ${answer.status()}: ${url}`)
    if (!seen.has(kind)) {
      seen.add(kind)
      // Guidance for staff is read without signing in, and is held to the bounds of staff pages.
      const forStaff = await page.locator('dd', { hasText: /^\s*Staff\s*$/ }).count() > 0
      // The text of guidance has its own bounds of grade and of sentences, held by the tests of its crate.
      const guidance = /^\/guidance\/[a-z-]+\//.test(new URL(page.url()).pathname)
      for (const block of guidance ? [] : await blocks(page)) (forStaff ? visit.staffWords : visit.words).add(block)
      await audit(visit, `${kind} (${who})`, await answer.text())
      await sendEmpty(visit, url, `${kind} (${who})`)
    }
    for (const link of links) {
      const address = new URL(link)
      address.hash = ''
      if (address.origin !== new URL(url).origin || LEAVE_ALONE.test(address.pathname)) continue
      if (queued.has(shape(address.href))) continue
      queued.add(shape(address.href))
      queue.push(address.href)
    }
  }
}

async function audit({ report, page, complaints }, name, html) {
  const faults = [...await htmlFaults(html)]
  // The gallery tries every pair of theme and width; here each theme and each width once.
  for (const [theme, size] of [['light', DESKTOP], ['dark', PHONE]]) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.setViewportSize(size)
    const found = [...await axeFaults(page), ...await reflowFaults(page)]
    faults.push(...found.map((fault) => `${theme}, ${size.width} px: ${fault}`))
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(DESKTOP)
  faults.push(...await keyboardFaults(page), ...complaints.splice(0))
  report.claim(name, faults)
}

/** Sends each form of the page with nothing in it, and looks at the page that answers. */
async function sendEmpty(visit, url, name) {
  const { report, page } = visit
  const forms = await page.locator('form').evaluateAll((all) => all.map((form, index) => ({
    index,
    post: form.method === 'post',
    asks: form.querySelector('textarea, select, input:not([type=hidden])') !== null
  })))
  for (const { index, post, asks } of forms) {
    if (!post || !asks) continue
    await page.goto(url)
    const form = page.locator('form').nth(index)
    if (!(await form.count())) continue
    await form.evaluate((node) => {
      for (let around = node.closest('details'); around; around = around.parentElement.closest('details')) around.open = true
      for (const field of node.querySelectorAll('textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox])')) field.value = ''
      for (const field of node.querySelectorAll('[type=radio], [type=checkbox]')) field.checked = false
    })
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().isNavigationRequest() && (response.status() < 300 || response.status() >= 400)),
      form.locator('button:not([type=button]), input[type=submit]').first().click()
    ])
    await page.waitForLoadState('load')
    if (answer.status() >= 500) report.fail(`${name}: sent empty`, `answered ${answer.status()}`)
    if (await page.locator('.govuk-error-summary').count() === 0) continue
    const faults = await page.evaluate(() => [
      ...(document.title.startsWith('Error:') ? [] : [`the title does not say Error: ${document.title}`]),
      ...[...document.querySelectorAll('.govuk-error-summary a')]
        .filter((link) => !document.getElementById(link.getAttribute('href').slice(1)))
        .map((link) => `the error "${link.innerText}" leads nowhere: ${link.getAttribute('href')}`),
      ...(document.querySelectorAll('.govuk-error-message').length ? [] : ['no message beside a field'])
    ])
    report.claim(`${name}: errors are named and lead to their fields`, faults)
    await audit(visit, `${name}: in error`, await answer.text())
  }
}
