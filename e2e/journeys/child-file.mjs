// The file of a child: who it is, what happened, what was known when, and a value put right.
import { SOCIAL_WORKER, WORKER, signIn } from '../lib/demo.mjs'
import { Visitor } from '../lib/visitor.mjs'

export async function childFile({ report, browser, base, tour, budget }) {
  tour?.journey('The child\'s file', 'What is known with its source, the chronology, what was known on a past day, and a correction that keeps the old value.')
  const visitor = await Visitor.arrive(browser, base, {}, tour)
  await signIn(visitor.page, SOCIAL_WORKER)
  await visitor.open('/children')
  visitor.begin()
  await visitor.type('Name', 'jay wilowmere')
  await visitor.press('Search')
  await visitor.picture('Finding a child by a name as heard')
  const file = visitor.page.locator('tr', { hasText: 'Jay Willowmere' }).getByRole('link').first()
  const path = await file.getAttribute('href')
  await visitor.press(path.split('/').at(-1))
  report.claim('the file keeps the child in view and tells everything with its source',
    await visitor.reads(/Jay Willowmere/, /Each look at this file is written down/, /Chronology/, /Recorded by/))
  await visitor.picture('The file')
  report.within('finding and opening a file: interactions', visitor.interactions, 6)

  visitor.begin()
  await visitor.press(/Correct.*date of birth/i)
  await visitor.type('What should it be?', '7 March 2012')
  await visitor.type(/Where does it come from/, 'Birth certificate, seen at the school')
  await visitor.type(/Why is it corrected/, 'Day and month were swapped')
  await visitor.picture('A correction')
  await visitor.press('Correct it')
  report.claim('the new value stands', await visitor.reads(/7 March 2012|07\/03\/2012|2012-03-07/))
  report.within('correcting a date of birth with its history: interactions', visitor.interactions, budget.correction.interactions)

  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  await visitor.open(`${path}?as_known_on=${yesterday}`)
  report.claim('as known yesterday, it is the old value', [
    ...await visitor.reads(/as it was known/),
    ...(/7 March 2012/.test(await visitor.text()) ? ['the new value is shown for yesterday'] : [])
  ])
  await visitor.picture('As known on a past day')
  await visitor.open(`${path}/lookers`)
  report.claim('who looked is told in plain words', await visitor.reads(new RegExp(SOCIAL_WORKER)))
  await visitor.picture('Who looked')
  await visitor.open(`${path}/print`)
  await visitor.page.emulateMedia({ media: 'print' })
  const marking = visitor.page.locator('.tessera-marking')
  report.claim('the printed file bears its marking and who printed it', [
    ...((await marking.isVisible()) ? [] : ['the marking is not printed']),
    ...((await marking.innerText().catch(() => '')).includes(SOCIAL_WORKER) ? [] : ['it does not say who printed it']),
    ...((await visitor.page.locator('.govuk-service-navigation').isVisible()) ? ['the menu is printed'] : [])
  ])
  await visitor.picture('On paper')
  await visitor.leave()

  const other = await Visitor.arrive(browser, base)
  await signIn(other.page, WORKER)
  const refused = await other.open(path)
  const absent = await other.context.request.get(`${base}/children/TES-0000-0000`)
  report.claim('to someone who may not see it, the file looks like one that does not exist',
    refused.status() === absent.status() ? [] : [`${refused.status()} and ${absent.status()}`])
  await other.leave()
}
