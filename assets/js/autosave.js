/** Keeps the page of a screening every ten seconds while something on it changes. */
export function keepWhatIsTyped(page, every = 10_000) {
  const form = page.getElementById('autosave')
  if (!form) return
  const note = page.createElement('p')
  note.className = 'govuk-hint'
  note.setAttribute('role', 'status')
  form.append(note)
  const read = () => {
    const body = new URLSearchParams(new FormData(form))
    body.set('autosave', '1')
    return body
  }
  let kept = read().toString()
  const keep = async () => {
    const body = read()
    if (body.toString() === kept) return
    try {
      const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' })
      if (answer.status !== 204) throw new Error('not kept')
      kept = body.toString()
      const time = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
      note.textContent = form.dataset.kept.replace('{time}', time)
    } catch {
      note.textContent = form.dataset.notKept
    }
  }
  let timer = setInterval(keep, every)
  form.addEventListener('submit', () => clearInterval(timer))
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) timer = setInterval(keep, every)
  })
}
