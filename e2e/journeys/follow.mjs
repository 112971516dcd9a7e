// The volunteer comes back with her reference and code, and adds something.
import { PHONE } from '../lib/browser.mjs'
import { Visitor } from '../lib/visitor.mjs'

export async function openFollowed(browser, base, memory, tour) {
  const visitor = await Visitor.arrive(browser, base, { size: PHONE, scripts: false }, tour)
  await visitor.open('/')
  await visitor.press('Follow up what you told us')
  await visitor.type('Reference', memory.reference.toLowerCase())
  await visitor.type('Follow-up code', memory.code)
  await visitor.press('Follow up')
  return visitor
}

export async function follow({ report, browser, base, tour, memory }) {
  tour?.journey('She follows it up', 'With the reference and the code from the receipt, on any phone.')
  const stranger = await Visitor.arrive(browser, base, { scripts: false })
  const answers = []
  for (const reference of [memory.reference, 'TES-0000-0000']) {
    await stranger.open('/follow')
    await stranger.type('Reference', reference)
    await stranger.type('Follow-up code', '0000 0000 0000')
    await stranger.press('Follow up')
    answers.push((await stranger.page.locator('main').innerText()).replaceAll(reference, ''))
  }
  report.claim('a wrong code tells nothing about whether the reference exists', answers[0] === answers[1] ? [] : answers)
  await stranger.leave()

  const visitor = await openFollowed(browser, base, memory, tour)
  report.claim('she sees where it stands and her own words', await visitor.reads(/Where it stands/, /white van, AB51 ABC/))
  await visitor.picture('Where it stands')
  await visitor.type('Your words', 'The number plate began with FY12.')
  await visitor.press('Send')
  report.claim('what she adds stands beside what she said', await visitor.reads(/FY12/, /white van, AB51 ABC/))
  await visitor.leave()
}

/** After the decision she reads the outcome in plain words. */
export async function outcome({ report, browser, base, tour, memory }) {
  tour?.journey('She reads the answer', 'The outcome reaches her by itself, in words that are safe to share.')
  const visitor = await openFollowed(browser, base, memory, tour)
  report.claim('she is told the outcome, and how to disagree', await visitor.reads(/What we decided/, /advice/i, /You think this is not right\?/))
  await visitor.picture('The outcome')
  await visitor.type(/Why should it be looked at again/, 'I have seen the van twice more since then.')
  await visitor.press('Challenge the outcome')
  report.claim('a challenge has its own date', await visitor.reads(/answers by .*\d/))
  await visitor.leave()
}
