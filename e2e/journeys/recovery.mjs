// A wrong answer is put right without typing anything twice, and a draft is found again by its code.
import { Visitor } from '../lib/visitor.mjs'

export async function recovery({ report, browser, base, tour, budget }) {
  const visitor = await Visitor.arrive(browser, base, {}, tour)
  await visitor.open('/tell?kind=worried')
  await visitor.press('Check and send')
  report.claim('an empty form says what is missing, at the top and beside the field',
    await visitor.reads(/There is a problem[\s\S]*Tell us what you noticed[\s\S]*Tell us what you noticed/))
  await visitor.type(/What did you notice/, 'A boy called Robin is afraid to go home on Fridays.')
  await visitor.press('Add more')
  await visitor.type('Name, or part of it', 'Robin')
  await visitor.type('Day', '31')
  await visitor.type('Month', '2')
  await visitor.type('Year', '2013')
  await visitor.press('Continue')
  report.claim('a date that does not exist is named, and what was typed is still there', [
    ...await visitor.reads(/There is a problem/),
    ...((await visitor.page.getByLabel('Name, or part of it').first().inputValue()) === 'Robin' ? [] : ['the name is gone']),
    ...((await visitor.page.getByLabel('Year').first().inputValue()) === '2013' ? [] : ['the year is gone'])
  ])
  visitor.begin()
  await visitor.type('Day', '28')
  await visitor.press('Continue')
  report.within('putting a wrong field right: interactions', visitor.interactions, budget.errorRecovery.interactions)
  const code = (await visitor.text()).match(/\b([0-9A-Z]{4}[ -][0-9A-Z]{4}[ -][0-9A-Z]{4})\b/)?.[1]
  report.claim('each page says the code of the draft', code ? [] : [await visitor.outline()])
  await visitor.leave()

  const other = await Visitor.arrive(browser, base)
  await other.open('/tell/resume')
  await other.type(/code of your draft/, (code ?? '').toLowerCase().replaceAll(/[ -]/g, ' '))
  await other.press('Open the draft')
  report.claim('the draft goes on in another browser by its code', await other.reads(/Robin|afraid to go home/).then((missing) =>
    missing.length ? missing : []))
  await other.leave()
}
