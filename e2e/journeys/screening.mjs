// A volunteer without an account, on a phone without scripts, reads "know the differences", starts a
// screening from it, loses the connection, goes on by the code, and sends. The safeguarding lead
// decides; the hub sees the concern with the screening attached; the child's file shows it.
import { PHONE, person } from '../lib/browser.mjs'
import { OFFICER, signIn } from '../lib/demo.mjs'
import { axeFaults, reflowFaults } from '../lib/checks.mjs'
import { Visitor } from '../lib/visitor.mjs'

const CHOIR_LEAD = 'Viv Songbird'
const CHILD = 'Rowan Ashfield'

export async function screening({ report, browser, base, tour, budget }) {
  tour?.journey('A volunteer screens a worry', 'By a one-use link on a phone without scripts: know the differences, the screening, a lost connection, the lead’s decision, the concern and the file.')
  const link = await offer({ report, browser, base, tour })
  const { code, phone } = await begin({ report, browser, base, tour, link })
  await looks({ report, browser, base }, phone, 'a part of the screening on a phone')
  // The connection is lost in the middle of a page; what was kept is there elsewhere.
  await phone.context.setOffline(true)
  const lost = await phone.page.goto('/screen/words').then(() => 'a page came').catch(() => '')
  report.claim('the connection is lost', lost ? [lost] : [])
  await phone.leave()
  await goOn({ report, browser, base, tour, code, budget })
  const concern = await decide({ report, browser, base, tour })
  await arrive({ report, browser, base, tour, concern })
}

/** The checks are scripts themselves: they look at the same address with the same cookies. */
async function looks({ report, browser, base }, visitor, what, address = visitor.page.url()) {
  const { context, page } = await person(browser, { base, size: PHONE })
  await context.addCookies(await visitor.context.cookies())
  await page.goto(address)
  report.claim(`${what}: accessible and without sideways scrolling`, [...await axeFaults(page), ...await reflowFaults(page)])
  await context.close()
}

async function offer({ report, browser, base, tour }) {
  const lead = await Visitor.arrive(browser, base, {}, tour)
  await signIn(lead.page, CHOIR_LEAD)
  await lead.open('/screenings/links')
  await lead.type('Who is it for?', 'Pat from the choir')
  await lead.choose('One day')
  await lead.press('Make a link')
  const address = await lead.page.getByLabel('The address to send to them').inputValue()
  const link = address.match(/^https?:\/\/[^/]+(\/screen\/link\/[0-9a-f]{64})$/)?.[1]
  report.claim('a lead makes a one-use link, its whole address shown once', link ? [] : [await lead.outline()])
  await lead.leave()
  return link
}

async function begin({ report, browser, base, tour, link }) {
  const phone = await Visitor.arrive(browser, base, { size: PHONE, scripts: false }, tour)
  await phone.open(link)
  report.claim('opening the link sets no cookie', (await phone.context.cookies()).map((cookie) => cookie.name))
  await phone.picture('What the link is for')
  await phone.press('Know the differences first')
  await looks({ report, browser, base }, phone, 'know the differences')
  await phone.press('Start')
  await phone.choose('No')
  await phone.press('Continue')
  await phone.type('How old is the child?', '14')
  await phone.press('Continue')
  await phone.picture('One question a page')
  await looks({ report, browser, base }, phone, 'one question a page')
  for (let count = 0; count < 16 && await phone.page.getByRole('button', { name: 'Continue' }).count(); count += 1) {
    const yes = /given, promised or withheld/.test(await phone.text())
    await phone.choose(yes ? 'Yes' : 'Not known')
    await phone.press('Continue')
  }
  const address = new URL(phone.page.url()).search
  await phone.type(/What does the child say/, 'She wants the messages to stop.')
  await phone.press('See what it suggests')
  await phone.picture('What the answers suggest')
  await looks({ report, browser, base }, phone, 'what the answers suggest', `/differences/result${address}`)
  report.claim('the result says what to do and why, with the state of each statement of law, and never that all is well', [
    ...await phone.reads(/Refer the same day/, /cannot show that a child is safe/, /What is still open/, /Not yet verified/, /Sexual Offences Act 2003/),
    ...(/messages/.test(address + phone.page.url()) ? ['words about a child stand in the address'] : [])
  ])
  await phone.press('Start a screening')
  report.claim('the screening has the answers; nothing is typed again', await phone.reads(/Refer the same day/, /messages to stop/))
  const code = (await phone.text()).match(/\b([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})\b/)?.[1]
  await phone.picture('All parts of the screening')
  await looks({ report, browser, base }, phone, 'all parts of the screening')
  await phone.press('Start with the first part')
  report.claim('the age came with it', (await phone.page.getByLabel(/^Age/).inputValue()) === '14' ? [] : [await phone.outline()])
  await phone.type('Name, or part of it', CHILD)
  await phone.press('Keep and go on')
  await phone.picture('A part of the screening')
  return { code, phone }
}

async function goOn({ report, browser, base, tour, code, budget }) {
  const again = await Visitor.arrive(browser, base, { size: PHONE, scripts: false }, tour)
  await again.open('/screen/resume')
  await again.type(/code of your screening/, (code ?? '').toLowerCase().replaceAll('-', ' '))
  await again.press('Open the screening')
  await again.open('/screen/child')
  report.claim('the name that was kept is there on another phone', (await again.page.getByLabel('Name, or part of it').inputValue()) === CHILD ? [] : [await again.outline()])
  await again.open('/screen/MON')
  const money = again.page.getByRole('group', { name: /Money, clothes, phones/ })
  await money.getByLabel('Yes', { exact: true }).check()
  await again.press('Keep and go on')
  await again.press('Keep and go on')
  report.claim('yes needs a date, a basis and words, said beside each', await again.reads(/There is a problem/, /Say when it was last seen/, /Choose how this is known/, /at least 20 characters/))
  await looks({ report, browser, base }, again, 'more about an answer', '/screen/MON-more')
  await again.type('Month', '11')
  await again.type('Year', '2026')
  await again.choose(/I saw or heard it myself/)
  await again.type('What was seen, heard or said', 'She has a new telephone and says that a friend gave it to her.')
  await again.picture('More about an answer')
  await again.press('Keep and see all parts')
  await again.open('/screen/words')
  await again.type('The child\'s own words', 'He says I owe him now.')
  await again.press('Keep and go on')
  await again.picture('Check and send')
  await looks({ report, browser, base }, again, 'check and send')
  await again.press('Send')
  await again.picture('The receipt of a screening')
  report.claim('the receipt says who checks it and by when', await again.reads(/SCR-[0-9A-Z]{4}-[0-9A-Z]{4}/, /safeguarding lead of Lantern Youth Club/, /by .*\d/))
  again.startPage()
  report.within('largest page of the screening', Math.max(...again.bytes), budget.bytes.staff, ' bytes')
  await again.leave()
}

async function decide({ report, browser, base, tour }) {
  const lead = await Visitor.arrive(browser, base, {}, tour)
  await signIn(lead.page, CHOIR_LEAD)
  await lead.open('/screenings')
  await lead.picture('Screenings to be checked')
  const row = lead.page.locator('tr', { hasText: CHILD }).getByRole('link').first()
  await lead.open(await row.getAttribute('href'))
  await lead.picture('The result, rule by rule')
  report.claim('the result explains itself rule by rule', await lead.reads(/The rules suggest[\s\S]*Moderate/, /L5 \(decides\)/, /A strong indicator now/, /Money, clothes, phones/))
  await lead.type('Your reason', 'The new telephone and what she said fit together. Her mother knows.')
  await lead.picture('The decision about the level', '#decide')
  await lead.press('Decide the level')
  report.claim('the decision stands with name and reason, and its actions opened the concern', await lead.reads(/Decided by Viv Songbird/, /Concern TES-/))
  const concern = (await lead.text()).match(/TES-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.[0]
  await lead.leave()
  return concern
}

async function arrive({ report, browser, base, tour, concern }) {
  const hub = await Visitor.arrive(browser, base, {}, tour)
  await signIn(hub.page, OFFICER)
  await hub.open('/queue')
  report.claim('it stands in the queue', (await hub.text()).includes(concern) ? [] : [await hub.outline()])
  await hub.open(`/queue/${concern}`)
  await hub.picture('The concern with its screening')
  report.claim('the hub sees a concern with the screening attached, and types nothing again', await hub.reads(/Screenings attached/, /SCR-[0-9A-Z]{4}/, /She has a new telephone/, /He says I owe him now/, new RegExp(CHILD), /referral/i))
  await hub.press(/Find or open a file/)
  await hub.type('Why is it none of them?', 'No file was found under this name.')
  await hub.press('Open a new file')
  await hub.open(`/queue/${concern}`)
  const file = await hub.page.getByRole('link', { name: /^CHD-/ }).first().getAttribute('href')
  await hub.open(file)
  await hub.picture('The file with its screenings', '#screenings')
  report.claim('the child’s file and its chronology show the screening', await hub.reads(/Screenings/, /SCR-[0-9A-Z]{4}/, /The rules suggest the level: Moderate/))
  await hub.leave()
}
