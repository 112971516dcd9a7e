// How hard a text is to read: the Flesch-Kincaid grade, years of school (Kincaid and others, 1975).
// Syllables are counted by the usual rule of thumb for English, which is right for most words.

export function syllables(word) {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '')
  if (letters.length <= 3) return letters ? 1 : 0
  const groups = letters
    .replace(/(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$/, (ending) => ending[0])
    .replace(/^y/, '')
    .match(/[aeiouy]{1,2}/g)
  return groups?.length ?? 1
}

/** Sentences of running text: blocks that end like one and are long enough to be one. */
export function sentences(blocks) {
  return blocks
    .flatMap((block) => block.split(/(?<=[.!?])\s+/))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[.!?]$/.test(sentence) && sentence.split(/\s+/).length >= 4)
}

export function grade(text) {
  const words = text.flatMap((sentence) => sentence.match(/[A-Za-z][A-Za-z'’-]*/g) ?? [])
  if (words.length === 0) return 0
  const sounds = words.reduce((sum, word) => sum + syllables(word), 0)
  return 0.39 * (words.length / text.length) + 11.8 * (sounds / words.length) - 15.59
}

/** The blocks of our own words on a page: not what people wrote, not the numbers and menus. */
export function blocks(page) {
  return page.evaluate(() => [...document.querySelectorAll('main p, main li, main label, main legend, main .govuk-hint, main dd, main summary')]
    .filter((node) => !node.closest('.tessera-words, .govuk-inset-text, .tessera-timeline, .govuk-table, .govuk-summary-list__value') && !node.querySelector('p, li'))
    .map((node) => node.innerText.replace(/\s+/g, ' ').trim()))
}
