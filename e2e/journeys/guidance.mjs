// Guidance is found by a word with a slip in it, changed by an editor, approved by another person, and
// a policy is confirmed and counted.
import { PHONE } from '../lib/browser.mjs'
import { EDITOR, LEAD_OF_SCHOOL, OTHER_EDITOR, WORKER, signIn } from '../lib/demo.mjs'
import { Visitor } from '../lib/visitor.mjs'

const PAGE = '/guidance/start/signs'
const NEW_WORDS = 'A child may also stop seeing friends they have had for years.'

export async function guidance({ report, browser, base, tour }) {
  tour?.journey('Guidance', 'Found with a slip in the word, on a phone without scripts; changed in the browser, approved by another person; a policy confirmed and counted.')
  const reader = await Visitor.arrive(browser, base, { size: PHONE, scripts: false }, tour)
  await reader.open('/')
  await reader.press('Read what to look for and what to do')
  await reader.picture('Guidance')
  await reader.type('Search all guidance', 'grroming')
  await reader.press('Search', { role: 'button' })
  report.claim('a word with a slip is found and marked', (await reader.page.locator('mark').count()) > 0 ? [] : [await reader.outline()])
  await reader.picture('Found despite a slip')
  await reader.open(PAGE)
  report.claim('a page says who answers for it and when it is looked at again',
    await reader.reads(/Who answers for this page/, /Last reviewed/, /Next review/, /In force since/))
  report.claim('reading sets no cookie', (await reader.context.cookies()).map((cookie) => cookie.name))
  await reader.picture('A page')
  await reader.open(`${PAGE}?on_day=1&on_month=1&on_year=2020`)
  report.claim('a page can be asked for as of another day', await reader.reads(/not in force on 1 January 2020/))
  const away = await reader.page.getByRole('link', { name: 'Exit this page' }).getAttribute('href')
  report.claim('there is a way out that is a plain link', away === '/leave' ? [] : [String(away)])

  const editor = await Visitor.arrive(browser, base, {}, tour)
  await signIn(editor.page, EDITOR)
  await editor.open(PAGE)
  await editor.press('Edit this page')
  const text = await editor.page.getByLabel('Text', { exact: true }).inputValue()
  await editor.type('Text', `${text}\n\n${NEW_WORDS}`)
  await editor.picture('Editing')
  await editor.press('Save and look at it')
  await editor.type('What did you change, and why?', 'One more sign, from the last audit')
  await editor.picture('What it reads as, and what it changes')
  await editor.press('Send for approval')
  report.claim('the writer cannot approve their own words', (await editor.page.getByRole('button', { name: 'Publish' }).count()) === 0 ? [] : ['there is a button'])
  const version = editor.page.url()

  const other = await Visitor.arrive(browser, base, {}, tour)
  await signIn(other.page, OTHER_EDITOR)
  await other.open(version)
  await other.press('Publish')
  report.claim('a decision needs a reason, and nothing typed is lost', await other.reads(/Say why it may be published/))
  await other.type('Why?', 'Agreed by the board')
  await other.picture('The decision')
  await other.press('Publish')
  await reader.open(PAGE)
  report.claim('everybody reads the new words', await reader.reads(new RegExp(NEW_WORDS)))
  await other.open('/editor/history?path=pages/start/signs.md')
  await other.press('Compare')
  report.claim('two versions can be compared', (await other.page.locator('ins').count()) > 0 ? [] : [await other.outline()])
  await other.picture('Two versions')
  await other.open('/editor')
  await other.picture('What an editor looks after')

  const worker = await Visitor.arrive(browser, base, {}, tour)
  await signIn(worker.page, WORKER)
  await worker.open('/guidance/changes')
  report.claim('who is signed in sees what changed', await worker.reads(/One more sign/))
  await worker.press('I have seen these')
  report.claim('and not again once seen', await worker.reads(/Nothing has changed/))
  await worker.open('/policies')
  await worker.page.locator('td a, th a').first().click()
  await worker.page.waitForLoadState('load')
  const policy = new URL(worker.page.url()).pathname
  await worker.press(/I have read version/)
  report.claim('a policy is confirmed', await worker.reads(/You confirmed on/))
  const lead = await Visitor.arrive(browser, base, {}, tour)
  await signIn(lead.page, LEAD_OF_SCHOOL)
  await lead.open(policy.replace('/guidance/', '/policies/'))
  report.claim('the lead sees how many of their agency have read it', await lead.reads(/50%/))
  await lead.press('Remind them')
  await lead.picture('Who has read a policy')
  report.claim('and that they were reminded', await lead.reads(/reminded 1 people/))
  for (const visitor of [reader, editor, other, worker, lead]) await visitor.leave()
}
