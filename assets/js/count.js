/** Says how much more a text with a limit can take; a screen reader hears it after a pause. */
export function countText(page) {
  for (const group of page.querySelectorAll('.govuk-character-count')) {
    const area = group.querySelector('textarea')
    const message = group.querySelector('.govuk-character-count__message')
    const words = Number(group.dataset.maxwords)
    const limit = words || Number(group.dataset.maxlength)
    if (!area || !message || !limit) continue
    const spoken = page.createElement('div')
    spoken.className = 'govuk-visually-hidden'
    spoken.setAttribute('aria-live', 'polite')
    message.after(spoken)
    let pause
    const say = () => {
      const used = words ? (area.value.match(/\S+/g) ?? []).length : [...area.value].length
      const left = limit - used
      const unit = words ? 'word' : 'character'
      const many = Math.abs(left) === 1 ? unit : `${unit}s`
      message.textContent = left < 0 ? `You have ${-left} ${many} too many` : `You have ${left} ${many} remaining`
      message.classList.toggle('govuk-error-message', left < 0)
      message.classList.toggle('govuk-hint', left >= 0)
      clearTimeout(pause)
      pause = setTimeout(() => { spoken.textContent = message.textContent }, 1000)
    }
    area.addEventListener('input', say)
    if (area.value) say()
  }
}
