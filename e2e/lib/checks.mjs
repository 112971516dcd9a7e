// What must hold on any page.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { HtmlValidate } from 'html-validate'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Matters of taste, not of validity.
    'attribute-boolean-style': 'off',
    'long-title': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    // The style sheet keeps telephone numbers on one line.
    'tel-non-breaking': 'off',
    // The design system's patterns: links that look like buttons say they are buttons, and a
    // fieldset of text inputs says it is a group, for a screen reader that would not read its hint.
    'prefer-native-element': 'off',
    'no-redundant-role': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit'] }],
    'wcag/h63': 'error'
  }
})

/** HTML faults in the page as the server sent it. */
export async function htmlFaults(html) {
  const report = await validator.validateString(html)
  return report.results.flatMap((result) => result.messages)
    .map((message) => `html ${message.ruleId}: ${message.message} (line ${message.line}: ${html.split('\n')[message.line - 1]?.slice(Math.max(0, message.column - 40), message.column + 60)})`)
}

/** Accessibility faults that axe finds, among them contrast and the size of targets. */
export async function axeFaults(page) {
  await page.evaluate(AXE)
  const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), TAGS)
  return found.violations.flatMap((violation) => violation.nodes.map((node) =>
    `axe ${violation.id}: ${node.target.join(' ')} ${node.any[0]?.message ?? violation.help}`))
}

/** Sideways scrolling (WCAG 1.4.10). */
export async function reflowFaults(page) {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= room) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > room + 1)
      .slice(0, 3)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
  })
  return wide.length ? [`scrolls sideways at ${page.viewportSize().width} px: ${wide.join(', ')}`] : []
}

/** Text that is cut off or widens the page when a reader spaces it out (WCAG 1.4.12). */
export async function spacingFaults(page) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }')
    document.adoptedStyleSheets.push(sheet)
  })
  const cut = await page.evaluate(() => [...document.querySelectorAll('body *')]
    .filter((element) => {
      const style = getComputedStyle(element)
      const hides = /hidden|clip/.test(style.overflowX + style.overflowY)
      const seen = element.getBoundingClientRect().width > 2 && style.position !== 'absolute'
      return hides && seen && element.innerText?.trim() &&
        (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
    })
    .map((element) => `text is cut off when spaced out: ${element.outerHTML.slice(0, 100)}`))
  const wide = await reflowFaults(page)
  await page.evaluate(() => { document.adoptedStyleSheets.pop() })
  return [...cut, ...wide.map((fault) => `${fault} (when spaced out)`)]
}

/**
 * Walks the page by Tab alone: every control is reached once, in the order of the page, with a
 * visible focus that nothing covers, and the walk ends.
 */
export async function keyboardFaults(page) {
  const expected = await page.evaluate(() => {
    // What of an element can show that it has the focus.
    globalThis.__look = (element) => {
      const style = getComputedStyle(element)
      const outline = style.outlineStyle === 'none' || style.outlineWidth === '0px' ? '' : style.outline
      return [outline, style.boxShadow, style.backgroundColor, style.borderWidth, style.borderColor].join()
    }
    document.activeElement?.blur?.()
    window.scrollTo(0, 0)
    const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled
    const groups = new Set()
    const controls = []
    for (const element of document.querySelectorAll('a[href], button, select, input:not([type=hidden]), textarea, summary, [tabindex="0"]')) {
      if (!shown(element)) continue
      if (element.type === 'radio') {
        const group = [...document.getElementsByName(element.name)].filter((radio) => radio.form === element.form)
        const checked = group.find((radio) => radio.checked)
        if (checked ? checked !== element : groups.has(element.name)) continue
        groups.add(element.name)
      }
      element.dataset.walk = String(controls.length)
      element.__rest = globalThis.__look(element)
      controls.push(element.outerHTML.slice(0, 100))
    }
    return controls
  })
  const faults = []
  const reached = []
  // A link to the middle of the page may have moved the starting point: begin at the top.
  await page.evaluate(() => {
    document.body.setAttribute('tabindex', '-1')
    document.body.focus()
    document.body.removeAttribute('tabindex')
  })
  for (let step = 0; step < expected.length + 8; step += 1) {
    await page.keyboard.press('Tab')
    const here = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return undefined
      const box = element.getBoundingClientRect()
      const look = globalThis.__look(element)
      // The native input of radios and checkboxes is transparent; its label's box shows the focus.
      const drawn = element.matches('.govuk-radios__input, .govuk-checkboxes__input')
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12))
      return {
        walk: element.dataset.walk === undefined ? undefined : Number(element.dataset.walk),
        html: element.outerHTML.slice(0, 100),
        plain: !drawn && look === element.__rest,
        covered: top !== null && !element.contains(top) && !top.contains(element) && !drawn && top.closest('label')?.control !== element
          ? top.outerHTML.slice(0, 80)
          : undefined
      }
    })
    if (!here) break
    if (here.walk === undefined) {
      // A scrolling region or a part of a date field of the browser's own.
      if (reached.length && reached.at(-1) === here.html) continue
      reached.push(here.html)
      continue
    }
    // Round again: what was never reached is named below.
    if (reached.includes(here.walk) && here.walk === 0) break
    if (reached.includes(here.walk)) {
      if (reached.at(-1) !== here.walk) faults.push(`keyboard: comes back to ${here.html}`)
      continue
    }
    if (here.plain) faults.push(`keyboard: the focus cannot be seen on ${here.html}`)
    if (here.covered) faults.push(`keyboard: ${here.html} is covered by ${here.covered}`)
    const before = reached.filter((walk) => typeof walk === 'number').at(-1) ?? -1
    if (here.walk < before) faults.push(`keyboard: out of order at ${here.html}`)
    reached.push(here.walk)
  }
  expected.forEach((html, walk) => {
    if (!reached.includes(walk)) faults.push(`keyboard: never reaches ${html}`)
  })
  return faults
}
