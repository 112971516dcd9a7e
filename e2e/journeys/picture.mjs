// The thirteenth report: sent on a phone without scripts, joined with reasons, one false match
// rejected and the rejection undone, the network opened as picture, table and words.
import { PHONE } from '../lib/browser.mjs'
import { POLICE, signIn } from '../lib/demo.mjs'
import { Visitor } from '../lib/visitor.mjs'

const WORDS = 'Tilly got out of a silver Golf, plate starts QX17, by Cloud Nine Vapes. She called the driver Rocco.'

export async function picture({ report, browser, base, tour, budget }) {
  tour?.journey('The thirteenth piece', 'On a phone 320 pixels wide, without scripts: a small report is sent and the pieces join.')
  const visitor = await Visitor.arrive(browser, base, { size: PHONE, scripts: false }, tour)
  await signIn(visitor.page, POLICE)
  visitor.begin()
  await visitor.open('/reports/new')
  visitor.begin()
  await visitor.type('What did you see or hear?', WORDS)
  await visitor.type('When was it?', 'Today after school')
  await visitor.page.locator('summary', { hasText: 'People' }).click()
  visitor.interactions += 1
  await visitor.type('Name or nickname', 'Tilly')
  await visitor.choose('I saw or heard it myself')
  await visitor.picture('A small piece of information')
  await visitor.press('Continue')
  report.claim('what stands in the words is offered and not taken by itself',
    await visitor.reads(/Vehicle: starts QX17 \(silver, golf\)/, /Place: Cloud Nine Vapes/, /Person: Rocco/))
  for (const found of [/Vehicle: starts QX17/, /Place: Cloud Nine Vapes/, /Person: Rocco/]) {
    await visitor.choose(found, 'checkbox')
  }
  await visitor.picture('Found in the words')
  await visitor.press('Send')
  report.claim('there is a receipt', await visitor.reads(/INT-[0-9A-Z]{4}-[0-9A-Z]{4}/))
  const what = 'partner, form to receipt of a report'
  report.within(`${what}: time at 40 words a minute`, visitor.seconds(), budget.report.seconds, ' s')
  await visitor.picture('The receipt of the report')
  await visitor.leave()
  await desk({ report, browser, base, tour })
}

async function desk({ report, browser, base, tour }) {
  tour?.journey('The pieces join', 'At the intelligence desk, on the same day.')
  const visitor = await Visitor.arrive(browser, base, {}, tour)
  await signIn(visitor.page, POLICE)
  await visitor.open('/desk')
  await visitor.picture('The intelligence desk')
  const row = visitor.page.locator('tr', { hasText: 'Tilly got out of a silver Golf' })
  await row.getByRole('link').first().click()
  await visitor.page.waitForLoadState('load')
  const at = visitor.page.url().split(/[?#]/)[0]
  report.claim('earlier pieces fit, with reasons that add up, dates, grades and who holds them',
    await visitor.reads(/Is it the same/, /Agrees/, /Together/, /Held by/, /How strong\s+Strong/))
  await visitor.picture('What fits beside the thirteenth report')
  // One of them is judged to be a false match, and the judgement is taken back.
  const fits = async () => (await visitor.page.locator('#fits').innerText()).match(/INT-[0-9A-Z]{4}-[0-9A-Z]{4}/g) ?? []
  const before = (await fits()).length
  await visitor.picture('A match that is asked about')
  await visitor.choose('Not the same')
  await visitor.type('Why?', 'The driver of that day was somebody else; the club knows him.')
  await visitor.press('Decide, and show the next')
  const decided = visitor.page.locator('#decided')
  report.claim('the decision stands with its reason', /Not the same[\s\S]*the club knows him/.test(await decided.innerText()) ? [] : ['it does not'])
  report.claim('the next question comes by itself', await visitor.reads(/Is it the same/))
  report.claim('what was decided is not asked again', (await fits()).length < before ? [] : ['it is'])
  await visitor.press('Undo')
  report.claim('undone, it is a question again', (await fits()).length === before ? [] : ['it is not'])
  await visitor.open(`${at}/network`)
  report.claim('the network is told in words, as picture and as tables',
    [...await visitor.reads(/13 reports from 8 agencies hang together/, /weakest bridge|No single person/i, /QX17 KLM/, /Quay House/, /lucky\.seven/),
      ...(await visitor.page.locator('svg[role=img] path').count() > 12 ? [] : ['the picture has too few lines'])])
  await visitor.picture('The network')
  await visitor.page.getByRole('link', { name: /QX17 KLM/ }).first().click()
  await visitor.page.waitForLoadState('load')
  report.claim('a thing shows its values side by side', await visitor.reads(/starts QX17/, /QX17 KLM/, /values differ/))
  await visitor.picture('One vehicle of the network')
  await visitor.leave()
}
