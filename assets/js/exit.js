/**
 * Leaves by pressing Shift three times within five seconds. The page goes blank at once; the link
 * itself clears the draft on its way out. History is not erased, and the page says so.
 */
export function exitQuickly(page, now = () => performance.now()) {
  const link = page.querySelector('.tessera-exit__link')
  if (!link) return
  const leave = () => {
    page.body.hidden = true
    window.location.replace(link.href)
  }
  link.addEventListener('click', (event) => {
    event.preventDefault()
    leave()
  })
  let presses = []
  page.addEventListener('keydown', (event) => {
    if (event.key !== 'Shift') {
      presses = []
      return
    }
    if (event.repeat) return
    presses = presses.filter((then) => now() - then < 5000)
    presses.push(now())
    if (presses.length >= 3) leave()
  })
  // Coming back with the Back button must not show a blank page.
  window.addEventListener('pageshow', () => { page.body.hidden = false })
}
