// The hub officer opens the queue, sees what is already known beside the new concern, and decides.
import { PHONE } from '../lib/browser.mjs'
import { OFFICER, signIn } from '../lib/demo.mjs'
import { Visitor } from '../lib/visitor.mjs'

export async function triage({ report, browser, base, tour, budget, memory }) {
  tour?.journey('The hub officer decides', 'The queue, the concern with what is already known beside it, and a decision with its reason.')
  const visitor = await Visitor.arrive(browser, base, {}, tour)
  await signIn(visitor.page, OFFICER)
  await visitor.open('/queue')
  await visitor.picture('The queue')
  const first = await visitor.page.locator('tbody tr').first().innerText()
  report.claim('a child in danger now stands first in the queue', /danger|red|immediate/i.test(first) ? [] : [first])
  visitor.begin()
  await visitor.press(memory.reference)
  await visitor.picture('The concern')
  await visitor.picture('What is already known beside it', '#earlier')
  report.claim('earlier contacts stand beside it with what they share, before any decision',
    await visitor.reads(/Earlier contacts[\s\S]*AB51/, /what they share/i))
  await visitor.select('Outcome', { label: 'Information and advice' })
  await visitor.choose(/Level 1/)
  await visitor.type('Your reason', 'Police hold reports of this van. No child can be named.')
  await visitor.press('Decide')
  report.claim('the decision stands with name, reason and what the sender is told',
    await visitor.reads(/Information and advice/, new RegExp(OFFICER), /No child can be named/, /The sender is told/))
  const what = 'triage, open queue to decision with reason'
  report.within(`${what}: interactions`, visitor.interactions, budget.triage.interactions)
  report.within(`${what}: time at 40 words a minute`, visitor.seconds(), budget.triage.seconds, ' s')
  await visitor.picture('The decision', '#decide')

  // Nothing is opened for a child before the search for it was made.
  await visitor.open('/queue')
  const willomere = visitor.page.locator('tr', { hasText: 'JayJay Willomere' }).getByRole('link').first()
  await visitor.open(await willomere.getAttribute('href'))
  await visitor.press(/Find or open a file/)
  await visitor.picture('Which child is it')
  report.claim('a misspelt name finds the file, and the page says why', await visitor.reads(/Jay Willowmere/, /Why it is an answer/i))
  await visitor.leave()

  const phone = await Visitor.arrive(browser, base, { size: PHONE }, tour)
  await signIn(phone.page, OFFICER)
  await phone.open('/queue')
  await phone.picture('The queue on a phone')
  await phone.leave()
}
