// A youth worker rewrites a note on the public page; an officer's note is marked while it is typed; a
// lead's entry is tried, proposed, and published by somebody else.
import { PHONE } from '../lib/browser.mjs'
import { axeFaults, keyboardFaults, reflowFaults } from '../lib/checks.mjs'
import { LEAD, MANAGER, OFFICER, signIn } from '../lib/demo.mjs'
import { Visitor } from '../lib/visitor.mjs'

const NOTE = 'Mia puts herself at risk by going there. It is a lifestyle choice. She said "he is my boyfriend".'

export async function words({ report, browser, base, tour }) {
  tour?.journey('A youth worker rewrites a note', 'No account, no cookie, nothing kept: which words to think about, why, and other words at one press.')
  await onPaste({ report, browser, base, tour })
  await onPhone({ report, browser, base, tour })
  await list({ report, browser, base, tour })
  tour?.journey('Words to think about, while an officer types', 'Marks under the words, notes below them. Without scripts the notes come once before saving.')
  await whileTyping({ report, browser, base, tour })
  await withoutScripts({ report, browser, base, tour })
  await withoutAnswer({ report, browser, base })
  tour?.journey('The words list is kept by practitioners', 'An entry is tried on 10,000 invented sentences, proposed, and published by another person.')
  await lexicon({ report, browser, base, tour })
}

async function onPaste({ report, browser, base, tour }) {
  const worker = await Visitor.arrive(browser, base, { scripts: false }, tour)
  await worker.open('/')
  await worker.press(/challenge inappropriate language/i)
  await worker.type('Words to check', NOTE)
  await worker.press('Check the words')
  await worker.picture('Notes beside the words')
  report.claim('the note says why, what to write and where it comes from',
    await worker.reads(/puts herself at risk/, /harm/i, /You could write/, /Source:/))
  report.claim('words that someone said in quotation marks are left alone',
    /boyfriend”$/m.test(await worker.page.locator('.tessera-notes').innerText()) ? ['the quotation is noted'] : [])
  await worker.press(/is being placed at risk by others/)
  await worker.press(/is being exploited/)
  const text = await worker.page.getByLabel('Words to check').inputValue()
  report.claim('two presses rewrite the note in place, without scripts',
    /placed at risk by others/.test(text) && !/lifestyle choice/.test(text) ? [] : [text])
  await worker.picture('The note rewritten')
  report.claim('no cookie was set', (await worker.context.cookies()).map((cookie) => cookie.name))
  await worker.leave()
}

async function onPhone({ report, browser, base, tour }) {
  const phone = await Visitor.arrive(browser, base, { size: PHONE, theme: 'dark' }, tour)
  await phone.open('/language')
  await phone.type('Words to check', NOTE)
  await phone.press('Check the words')
  await phone.picture('On a phone in the dark')
  report.claim('the notes on a phone', [...await axeFaults(phone.page), ...await reflowFaults(phone.page), ...await keyboardFaults(phone.page)])
  await phone.leave()
}

async function list({ report, browser, base, tour }) {
  const worker = await Visitor.arrive(browser, base, {}, tour)
  await worker.open('/language/terms')
  await worker.type('Words', 'putting himself at risk')
  await worker.press('Search')
  report.claim('the list finds a term by words as they stand in a note', await worker.reads(/put himself at risk/, /Write instead/, /Source/))
  await worker.picture('The list of terms')
  await worker.leave()
}

async function openConcern(visitor) {
  await visitor.open('/queue')
  const link = await visitor.page.locator('tbody tr a').first().getAttribute('href')
  await visitor.open(link)
  await visitor.page.locator('#since details summary').first().click()
}

async function whileTyping({ report, browser, base, tour }) {
  const officer = await Visitor.arrive(browser, base, {}, tour)
  const asked = []
  officer.page.on('request', (request) => { if (request.url().includes('/language/')) asked.push(new URL(request.url()).origin) })
  await signIn(officer.page, OFFICER)
  await openConcern(officer)
  const area = officer.page.locator('textarea[name=entry_body]')
  await area.fill('She puts herself at risk by going there.')
  const notes = officer.page.locator('#entry_body-notes .tessera-note')
  await notes.first().waitFor()
  const marked = await officer.page.locator('.tessera-typed__copy mark').innerText()
  report.claim('the words are marked while they are typed', marked === 'puts herself at risk' ? [] : [marked])
  report.claim('the text goes to our own server and nowhere else', asked.filter((origin) => origin !== base))
  report.claim('the page with notes', await axeFaults(officer.page))
  await officer.picture('Marked while it is typed', '#since')
  await officer.page.getByRole('button', { name: /write: is being placed at risk by others/ }).focus()
  await officer.page.keyboard.press('Enter')
  await notes.first().waitFor({ state: 'detached' })
  const text = await area.inputValue()
  report.claim('one key puts other words in', text === 'She is being placed at risk by others by going there.' ? [] : [text])
  await area.fill('It is a lifestyle choice.')
  await notes.first().waitFor()
  await officer.choose(/between officers/)
  await officer.page.locator('#since button[type=submit]').last().click()
  await officer.page.waitForLoadState('load')
  report.claim('words noted while typing are saved at the first press', await officer.reads(/It is a lifestyle choice\./))
  report.claim('no page in between', /Words to think about/.test(await officer.page.title()) ? [await officer.page.title()] : [])
  await officer.leave()
}

async function withoutScripts({ report, browser, base, tour }) {
  const officer = await Visitor.arrive(browser, base, { scripts: false }, tour)
  await signIn(officer.page, OFFICER)
  await openConcern(officer)
  await officer.page.locator('textarea[name=entry_body]').fill('He makes poor choices and puts himself at risk.')
  await officer.choose(/between officers/)
  await officer.page.locator('#since button[type=submit]').last().click()
  await officer.page.waitForLoadState('load')
  report.claim('without scripts the notes come before saving', await officer.reads(/Nothing is saved yet/, /poor choices/))
  await officer.picture('Notes before saving, without scripts')
  await officer.press('Save as it is')
  report.claim('the next press saves', await officer.reads(/He makes poor choices and puts himself at risk\./))
  await officer.leave()
}

// A browser that gets no answer while typing meets the same page; here axe can look at it.
async function withoutAnswer({ report, browser, base }) {
  const officer = await Visitor.arrive(browser, base, {})
  await officer.page.route('**/language/findings', (route) => route.abort())
  await signIn(officer.page, OFFICER)
  await openConcern(officer)
  await officer.page.locator('textarea[name=entry_body]').fill('He makes poor choices.')
  await officer.choose(/between officers/)
  await officer.page.locator('#since button[type=submit]').last().click()
  await officer.page.waitForLoadState('load')
  report.claim('without an answer while typing the notes come before saving', await officer.reads(/Nothing is saved yet/))
  report.claim('the page before saving', [...await axeFaults(officer.page), ...await keyboardFaults(officer.page)])
  await officer.leave()
}

async function lexicon({ report, browser, base, tour }) {
  const lead = await Visitor.arrive(browser, base, {}, tour)
  await signIn(lead.page, LEAD)
  await lead.open('/lexicon')
  await lead.picture('The list and its changes')
  await lead.press('Add an entry')
  await lead.type(/words to find/, 'was met at the station')
  await lead.select('What do these words do?', { index: 1 })
  await lead.select('How strong is the advice?', { index: 2 })
  await lead.type('Why do they harm?', 'They leave out who met the child, and why.')
  await lead.type(/What to write instead/, 'was met by adults at the station')
  await lead.type('Where does this advice come from?', 'Practice meeting, invented')
  await lead.type('Why do you propose it?', 'To see what a trial shows')
  await lead.press(/Try it/)
  report.claim('a trial says how many of 10,000 sentences it marks', await lead.reads(/It marks 400 of 10000 sentences/))
  await lead.picture('Tried on 10,000 sentences')
  await lead.press('Propose it')
  const change = new URL(lead.page.url()).pathname
  report.claim('nobody publishes their own', await lead.reads(/Another person publishes it/))
  await lead.open('/lexicon/trend')
  report.claim('small teams are hidden', await lead.reads(/Too few to show/))
  await lead.picture('The trend by team')
  await lead.leave()

  const manager = await Visitor.arrive(browser, base, {}, tour)
  await signIn(manager.page, MANAGER)
  await manager.open(change)
  await manager.choose('Turn it down')
  await manager.type('Your reason', 'The words are right where they stand')
  await manager.press('Record the decision')
  report.claim('another person settles it with a reason', await manager.reads(/Turned down/))
  await manager.leave()
}
