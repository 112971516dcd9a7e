/**
 * Notes on words while they are typed, in the text areas that ask for them. The text goes to our own
 * server, which keeps nothing of it. Marks stand on a copy of the text behind the text area; the notes
 * stand below it, and one press puts other words in.
 */
export function noteWords(page) {
  for (const area of page.querySelectorAll('textarea[data-words]')) watch(page, area)
  page.addEventListener('submit', (event) => sayWhatWasShown(page, event.target), true)
}

/** For each text area the text whose notes are on the page. */
const shown = new WeakMap()
const PAUSE = 600

function watch(page, area) {
  const make = (tag, className, text) => {
    const element = page.createElement(tag)
    if (className) element.className = className
    if (text) element.textContent = text
    return element
  }
  const box = make('div', 'tessera-typed')
  const copy = make('div', 'tessera-typed__copy govuk-textarea')
  copy.setAttribute('aria-hidden', 'true')
  const said = make('p', 'govuk-visually-hidden')
  said.setAttribute('role', 'status')
  const notes = make('div', 'tessera-notes')
  notes.id = `${area.id}-notes`
  area.before(box)
  box.append(copy, area)
  box.after(said, notes)
  area.setAttribute('aria-details', notes.id)

  const scroll = () => { copy.scrollTop = area.scrollTop }
  const mark = (found) => {
    const parts = []
    let at = 0
    for (const note of found) {
      parts.push(area.value.slice(at, note.start), make('mark', '', area.value.slice(note.start, note.end)))
      at = note.end
    }
    // A last empty line has a height only if something stands in it.
    parts.push(`${area.value.slice(at)}\u200b`)
    copy.replaceChildren(...parts)
    scroll()
  }

  const put = (note, words) => {
    area.focus()
    area.setSelectionRange(note.start, note.end)
    const first = area.value[note.start]
    const capital = first !== first.toLowerCase() && !words.startsWith('“')
    const fitted = capital ? words[0].toUpperCase() + words.slice(1) : words
    // As if it were typed, so that the browser can undo it.
    if (!page.execCommand('insertText', false, fitted)) {
      area.setRangeText(fitted, note.start, note.end, 'end')
      area.dispatchEvent(new Event('input', { bubbles: true }))
    }
    check()
  }

  const button = (className, before, words, act) => {
    const element = make('button', className)
    element.type = 'button'
    element.append(make('span', 'govuk-visually-hidden', before), words)
    element.addEventListener('click', act)
    return element
  }

  // The first note is open; the others open at a press, so that the form stays in view.
  const section = (note, nth) => {
    const part = make('details', 'tessera-note')
    part.open = nth === 0
    part.append(make('summary', 'govuk-heading-s tessera-note__words', `“${note.words}”`), make('p', 'govuk-body', note.why))
    if (note.instead.length + note.hints.length) part.append(make('p', 'govuk-body tessera-note__lead', 'You could write:'))
    const list = make('ul', 'tessera-note__instead')
    for (const words of note.instead) {
      const line = make('li')
      line.append(button('tessera-note__button', `Instead of “${note.words}”, write: `, words, () => put(note, words)))
      list.append(line)
    }
    for (const hint of note.hints) list.append(make('li', '', hint))
    if (list.childElementCount) part.append(list)
    const own = make('p', 'tessera-note__own')
    own.append(button('tessera-note__link', `“${note.words}”: `, 'someone said these words: put them in quotation marks',
      () => put(note, `“${area.value.slice(note.start, note.end)}”`)))
    part.append(own)
    if (note.source) part.append(make('p', 'tessera-note__sources', `Source: ${note.source}`))
    return part
  }

  const show = (found, text) => {
    if (area.value !== text) return
    shown.set(area, text)
    mark(found)
    const inside = notes.contains(page.activeElement)
    notes.replaceChildren(...found.map(section))
    if (inside) area.focus()
    const many = found.length === 1 ? '1 note' : `${found.length} notes`
    const words = found.length ? `${many} on your words below the text` : ''
    if (said.textContent !== words) said.textContent = words
  }

  let pause
  let asked
  const check = async () => {
    clearTimeout(pause)
    asked?.abort()
    const text = area.value
    if (!text.trim()) return show([], text)
    asked = new AbortController()
    const body = new URLSearchParams({ text, csrf: area.form?.elements.csrf?.value ?? '' })
    try {
      const answer = await fetch('/language/findings', { method: 'POST', body, signal: asked.signal })
      if (answer.ok) show(await answer.json(), text)
    } catch {
      // Without an answer the server shows the notes before it saves.
    }
  }
  area.addEventListener('input', () => {
    mark([])
    clearTimeout(pause)
    pause = setTimeout(check, PAUSE)
  })
  area.addEventListener('blur', () => { if (shown.get(area) !== area.value) check() })
  area.addEventListener('scroll', scroll)
  if (area.value.trim()) check()
}

/** Notes that were shown here need not be shown once more before the text is saved. */
function sayWhatWasShown(page, form) {
  for (const area of form.querySelectorAll('textarea[data-words]')) {
    if (shown.get(area) !== area.value) continue
    const field = page.createElement('input')
    field.type = 'hidden'
    field.name = 'words'
    field.value = area.name
    form.append(field)
  }
}
