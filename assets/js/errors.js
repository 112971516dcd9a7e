/**
 * Moves the focus to the error summary, and from its links to the field or the start of its group.
 */
export function announceErrors(page) {
  const summary = page.querySelector('.govuk-error-summary')
  if (!summary) return
  summary.setAttribute('tabindex', '-1')
  summary.addEventListener('blur', () => summary.removeAttribute('tabindex'), { once: true })
  summary.focus()
  summary.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]')
    const named = link && page.getElementById(link.getAttribute('href').slice(1))
    const field = named && (named.matches('input, textarea, select') ? named : named.querySelector('input'))
    if (!field) return
    event.preventDefault()
    const question = field.closest('fieldset')?.querySelector('legend') ?? page.querySelector(`label[for="${field.id}"]`)
    ;(question ?? field).scrollIntoView()
    field.focus({ preventScroll: true })
  })
}
