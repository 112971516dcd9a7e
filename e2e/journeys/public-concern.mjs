// A volunteer on a small phone without scripts says in one sentence what she noticed.
import { PHONE } from '../lib/browser.mjs'
import { Visitor } from '../lib/visitor.mjs'

export const SENTENCE = 'A white van, AB51 ABC, waited by the gate of Lantern Youth Club on Tuesday and a girl of about 13 got in.'

export async function publicConcern({ report, browser, base, tour, budget, memory }) {
  tour?.journey('A volunteer tells what she noticed', 'On a phone 320 pixels wide, without scripts, without an account: four pages, one required answer.')
  const visitor = await Visitor.arrive(browser, base, { size: PHONE, scripts: false }, tour)
  await visitor.open('/')
  await visitor.picture('The first page')
  report.claim('no cookie before the first words', (await visitor.context.cookies()).map((cookie) => cookie.name))
  await visitor.press('I noticed something')
  await visitor.picture('What did you notice?')
  const required = await visitor.page.locator('form [required], form .govuk-form-group').count()
  report.within('required answers of the shortest concern', required, budget.publicConcern.requiredAnswers)
  await visitor.type(/What did you notice/, SENTENCE)
  await visitor.press('Check and send')
  await visitor.picture('Check and send')
  report.claim('the words are shown again before they are sent', await visitor.reads(/white van, AB51 ABC/))
  await visitor.press('Send')
  await visitor.picture('The receipt')
  const text = await visitor.text()
  memory.reference = text.match(/TES-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.[0]
  memory.code = text.match(/Follow-up code\s+([0-9A-Z]{4}[ -]?[0-9A-Z]{4}[ -]?[0-9A-Z]{4})/)?.[1]
  report.claim('the receipt has a reference and a code, and says what happens by when',
    [...(memory.reference ? [] : ['no reference']), ...(memory.code ? [] : ['no code']), ...await visitor.reads(/What happens next/, /by .*\d/)])
  const what = 'public concern, home to receipt'
  report.within(`${what}: pages`, visitor.pages, budget.publicConcern.pages)
  report.within(`${what}: interactions`, visitor.interactions, budget.publicConcern.interactions)
  report.within(`${what}: time at 40 words a minute`, visitor.seconds(), budget.publicConcern.seconds, ' s')
  visitor.startPage()
  const largest = Math.max(...visitor.bytes)
  report.within('largest page of the public concern, nothing kept by the browser', largest, budget.bytes.public, ' bytes')
  // Sent again by the Back button: the same receipt, not a second concern.
  await visitor.page.goBack()
  await visitor.page.getByRole('button', { name: 'Send', exact: true }).click().catch(() => {})
  await visitor.page.waitForLoadState('load')
  const again = (await visitor.text()).match(/TES-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.[0]
  report.claim('sending twice gives one concern', again === undefined || again === memory.reference ? [] : [`${memory.reference} and ${again}`])
  await visitor.leave()
}
