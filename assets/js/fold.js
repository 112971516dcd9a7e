/** Shows what a chosen answer asks further, and hides it while the answer is not chosen. */
export function foldAnswers(page) {
  const sources = [...page.querySelectorAll('input[data-aria-controls]')]
  const sync = () => {
    for (const input of sources) {
      const target = page.getElementById(input.dataset.ariaControls)
      if (!target) continue
      const kind = input.type === 'radio' ? 'radios' : 'checkboxes'
      // ARIA knows "expanded" for a checkbox, not for a radio.
      if (input.type === 'checkbox') input.setAttribute('aria-expanded', String(input.checked))
      target.classList.toggle(`govuk-${kind}__conditional--hidden`, !input.checked)
    }
  }
  if (sources.length === 0) return
  page.addEventListener('change', sync)
  // The browser may have restored earlier answers.
  window.addEventListener('pageshow', sync)
  sync()
}
