// A spreadsheet comes in as one batch, on a phone without scripts, and is undone.
import { writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PHONE } from '../lib/browser.mjs'
import { POLICE, signIn } from '../lib/demo.mjs'
import { Visitor } from '../lib/visitor.mjs'

const LIST = 'Day,Information,Car,Who\n2026-10-02,"A pickup waits by the lido, engine running",VV20 ZZD,Brin\nsoon,"A scooter by the lido",,\n'

export async function importing({ report, browser, base, tour }) {
  tour?.journey('A list from outside', 'A spreadsheet becomes reports, as one import that can be undone.')
  const file = join(mkdtempSync(join(tmpdir(), 'import-')), 'lido.csv')
  writeFileSync(file, LIST)
  const visitor = await Visitor.arrive(browser, base, { size: PHONE, scripts: false }, tour)
  await signIn(visitor.page, POLICE)
  await visitor.open('/desk')
  await visitor.page.getByRole('link', { name: 'Import a spreadsheet' }).click()
  await visitor.page.waitForLoadState('load')
  await visitor.picture('Imports')
  await visitor.choose('Reports')
  await visitor.page.getByLabel('The file').setInputFiles(file)
  await visitor.press('Continue')
  report.claim('columns are guessed, and rows shown as they will be',
    await visitor.reads(/What the columns mean/, /A pickup waits by the lido/, /Row 3: Day: /))
  await visitor.picture('The rows as they will be')
  await visitor.page.getByLabel('Car', { exact: true }).selectOption('vehicle')
  await visitor.page.getByLabel('Who', { exact: true }).selectOption('person')
  await visitor.press('Name the columns')
  report.claim('a column that a person named is taken over', await visitor.reads(/Vehicle: VV20 ZZD/, /Person: Brin/))
  await visitor.press('Bring the rows in')
  report.claim('what is missing is told', await visitor.reads(/Choose a source grade/, /Choose a handling code/))
  await visitor.choose(/^2: /)
  await visitor.choose(/^C: known/i)
  await visitor.choose(/^P: lawful/)
  await visitor.page.getByLabel('Look at it again in').selectOption('3')
  await visitor.page.getByLabel('Priority').selectOption('low')
  await visitor.type('Why?', 'Kept by the lido staff')
  await visitor.press('Bring the rows in')
  report.claim('the rows came in', await visitor.reads(/The rows were brought in/, /Rows brought in\s+1/, /Rows that were not\s+1/))
  await visitor.picture('An import')
  await visitor.type('Why is it undone?', 'It was a practice list')
  await visitor.press('Undo the whole import')
  report.claim('it is undone', await visitor.reads(/The import was undone/, /Undone/, /practice list/))
  await visitor.leave()
}
