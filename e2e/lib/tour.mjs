// Pictures of the journeys for docs/tour, and a page that shows them with the figures.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'

const FOLDER = new URL('../../docs/tour/', import.meta.url)

export class Tour {
  shown = []

  constructor() {
    rmSync(FOLDER, { recursive: true, force: true })
    mkdirSync(FOLDER, { recursive: true })
  }

  /** Begins a journey; pictures that follow belong to it. */
  journey(title, words) {
    this.shown.push({ title, words, pictures: [] })
  }

  async picture(page, caption, part) {
    const current = this.shown.at(-1)
    const { width } = page.viewportSize()
    const number = String(this.shown.length).padStart(2, '0') + String.fromCharCode(97 + current.pictures.length)
    const slug = caption.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
    const file = `${number}-${slug}-${width}.png`
    const path = new URL(file, FOLDER).pathname
    if (part) {
      await page.locator(part).screenshot({ path, animations: 'disabled' })
    } else {
      const whole = await page.evaluate(() => document.documentElement.scrollHeight)
      // The first screens of a long page are enough to see what it is.
      const clip = { x: 0, y: 0, width, height: Math.min(whole, width < 500 ? 1600 : 1300) }
      await page.screenshot({ path, fullPage: true, clip, animations: 'disabled' })
    }
    current.pictures.push({ caption, file, width })
  }

  async write(report) {
    const lines = ['# A tour', '', 'Taken by `e2e/run --tour` from the demo partnership. Everyone and everything in the pictures is invented.', '']
    for (const { title, words, pictures } of this.shown) {
      lines.push(`## ${title}`, '', words, '')
      for (const { caption, file, width } of pictures) {
        lines.push(`### ${caption}${width === 320 ? ' (320 px wide)' : ''}`, '', `![${caption}](${file})`, '')
      }
    }
    lines.push('## Figures', '', '| What | Measured | At most |', '|---|---|---|')
    for (const [name, { value, budget, unit }] of Object.entries(report.figures)) {
      lines.push(`| ${name} | ${value}${unit} | ${budget}${unit} |`)
    }
    writeFileSync(new URL('README.md', FOLDER), `${lines.join('\n')}\n`)
  }
}
