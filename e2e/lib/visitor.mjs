// Someone who reads, types and presses, and whose every act is counted.
//
// An interaction is a press of a pointer or key other than typing characters; moving to a field and
// filling it is one. Seconds are what a person would need: 40 words a minute for typing, 1.1 seconds
// for each interaction, 1 second to take in each page, plus the time the server and browser took.
import { person } from './browser.mjs'

const SECONDS_PER_CHARACTER = 60 / (40 * 5)
const SECONDS_PER_INTERACTION = 1.1
const SECONDS_PER_PAGE = 1

export class Visitor {
  pages = 1
  interactions = 0
  characters = 0
  waited = 0
  bytes = []

  static async arrive(browser, base, options = {}, tour = undefined) {
    const visitor = new Visitor()
    Object.assign(visitor, await person(browser, { ...options, base }), { base, tour })
    const network = await visitor.context.newCDPSession(visitor.page)
    await network.send('Network.enable')
    network.on('Network.loadingFinished', (event) => {
      visitor.onPage = (visitor.onPage ?? 0) + event.encodedDataLength
    })
    return visitor
  }

  async open(path) {
    this.startPage()
    const began = performance.now()
    const answer = await this.page.goto(path, { waitUntil: 'load' })
    this.waited += (performance.now() - began) / 1000
    this.pages = 1
    return answer
  }

  /** Forgets what was counted so far: the journey begins here. */
  begin() {
    Object.assign(this, { pages: 1, interactions: 0, characters: 0, waited: 0 })
  }

  startPage() {
    if (this.onPage) this.bytes.push(this.onPage)
    this.onPage = 0
  }

  /** Presses a link or button and waits for the page it leads to. */
  async press(name, { role } = {}) {
    const target = await this.find(name, role ? [role] : ['button', 'link'])
    this.startPage()
    const began = performance.now()
    const url = this.page.url()
    await Promise.all([this.page.waitForEvent('framenavigated'), target.click()])
    await this.page.waitForLoadState('load')
    this.waited += (performance.now() - began) / 1000
    this.interactions += 1
    if (this.page.url() !== url || role !== 'same') this.pages += 1
  }

  async find(name, roles) {
    for (const role of roles) {
      const found = this.page.getByRole(role, { name, exact: typeof name === 'string' })
      if (await found.count()) return found.first()
    }
    // A password field has no role of its own.
    if (roles.includes('textbox')) {
      const field = this.page.getByLabel(name, { exact: typeof name === 'string' })
      if (await field.count()) return field.first()
    }
    throw new Error(`no ${roles.join(' or ')} named ${name} on ${this.page.url()}:\n${await this.outline()}`)
  }

  /** Ticks or chooses an answer. */
  async choose(name, role = 'radio') {
    const target = await this.find(name, [role])
    await target.check({ force: true })
    this.interactions += 1
  }

  /** Goes to a field and types. */
  async type(name, words) {
    const target = await this.find(name, ['textbox', 'searchbox', 'spinbutton'])
    await target.fill(words)
    this.interactions += 1
    this.characters += words.length
  }

  async select(name, option) {
    const target = await this.find(name, ['combobox'])
    await target.selectOption(option)
    this.interactions += 1
  }

  /** What a reader sees first of the page, for messages about failures. */
  async outline() {
    const text = await this.page.locator('main').innerText().catch(() => '(no main)')
    return text.split('\n').filter((line) => line.trim()).slice(0, 25).join('\n')
  }

  async text() {
    return this.page.locator('body').innerText()
  }

  async reads(...patterns) {
    const text = await this.text()
    return patterns.filter((pattern) => !pattern.test(text)).map((pattern) => `the page does not say ${pattern}:\n${text.slice(0, 1500)}`)
  }

  seconds() {
    return this.waited + this.characters * SECONDS_PER_CHARACTER +
      this.interactions * SECONDS_PER_INTERACTION + this.pages * SECONDS_PER_PAGE
  }

  /** Adds a picture of this page to the tour, if a tour is made. */
  async picture(name, part) {
    await this.tour?.picture(this.page, name, part)
  }

  async leave() {
    this.startPage()
    await this.context.close()
  }
}
