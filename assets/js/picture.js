// A network that can be moved, drawn from the same data as the table beside it. Only the page of the
// picture asks for this file; without it the picture made by the server stands there.
const frame = document.querySelector('[data-picture]')
if (frame) draw(frame)

async function draw(frame) {
  const reply = await fetch(frame.dataset.picture, { credentials: 'same-origin' })
  if (!reply.ok) return
  const { nodes, lines } = await reply.json()
  if (!nodes.length) return
  // The library would add a style element, which our policy forbids: it finds one with its name.
  const known = document.createElement('meta')
  known.id = '__________cytoscape_stylesheet'
  document.head.append(known)
  const surface = document.createElement('div')
  surface.className = 'tessera-surface'
  surface.setAttribute('role', 'img')
  surface.setAttribute('aria-label', frame.dataset.label)
  const said = document.createElement('p')
  said.className = 'govuk-body'
  said.setAttribute('role', 'status')
  said.textContent = 'Choose a point to see what it is.'
  const tools = document.createElement('div')
  tools.className = 'tessera-tools'
  frame.hidden = false
  frame.append(tools, surface, said)
  const colour = getComputedStyle(document.body).color
  // Measuring and drawing thousands of names takes longer than all the rest.
  const many = nodes.length > 500
  const graph = self.cytoscape({
    container: surface,
    elements: [
      ...nodes.map((n) => ({ data: n, position: { x: n.x, y: n.y } })),
      ...lines.map((l) => ({ data: l }))
    ],
    layout: { name: 'preset', fit: true, padding: 20 },
    style: [
      { selector: 'node', style: { 'background-color': colour, width: 10, height: 10, label: many ? '' : 'data(label)', color: colour, 'font-size': 9, 'min-zoomed-font-size': 8, 'text-valign': 'bottom', 'text-margin-y': 3 } },
      { selector: 'node[kind != "report"]', style: { width: 16, height: 16, 'background-opacity': 0, 'border-color': colour, 'border-width': 3 } },
      { selector: 'node[kind = "vehicle"], node[kind = "place"]', style: { shape: 'rectangle' } },
      { selector: 'node[kind = "phone"], node[kind = "handle"]', style: { shape: 'diamond' } },
      { selector: 'edge', style: { width: 1.5, 'line-color': colour, opacity: 0.5, 'curve-style': 'haystack' } },
      { selector: 'edge[decided = 0]', style: { 'line-style': 'dashed' } },
      { selector: ':selected', style: { 'border-width': 6, 'border-color': '#f47738', label: 'data(label)', 'min-zoomed-font-size': 0, 'font-size': 14 } },
      { selector: '.later', style: { display: 'none' } }
    ],
    hideEdgesOnViewport: many,
    textureOnViewport: many,
    pixelRatio: many ? 1 : 'auto',
    boxSelectionEnabled: false,
    autoungrabify: many
  })
  // Points stay large enough to be seen and pressed, however much is shown.
  const size = Math.max(1, 0.5 / graph.zoom())
  if (size > 1) {
    graph.style().selector('node').style({ width: 10 * size, height: 10 * size })
      .selector('node[kind != "report"]').style({ width: 16 * size, height: 16 * size, 'border-width': 3 * size })
      .selector('edge').style({ width: 1.5 * size }).update()
  }
  const act = (words, does) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'govuk-button govuk-button--secondary'
    button.textContent = words
    button.addEventListener('click', does)
    tools.append(button)
  }
  const zoom = (by) => graph.zoom({ level: graph.zoom() * by, renderedPosition: { x: surface.clientWidth / 2, y: surface.clientHeight / 2 } })
  act('Closer', () => zoom(1.4))
  act('Farther', () => zoom(1 / 1.4))
  act('Whole', () => graph.fit(undefined, 20))
  const days = [...new Set(nodes.map((n) => n.day).filter(Boolean))].sort()
  if (days.length > 1) tools.append(slider(days, graph))
  graph.on('select', 'node', ({ target }) => {
    said.textContent = `${target.data('said')} `
    const link = document.createElement('a')
    link.className = 'govuk-link'
    link.href = target.data('href')
    link.textContent = 'Open it'
    said.append(link)
  })
  graph.one('render', () => {
    frame.dataset.opened = String(Math.round(performance.now()))
  })
}

// Reports after the chosen day fade out, and things of which no report is left.
function slider(days, graph) {
  const label = document.createElement('label')
  label.className = 'govuk-label'
  const range = document.createElement('input')
  range.type = 'range'
  range.min = '0'
  range.max = String(days.length - 1)
  range.value = range.max
  const words = document.createElement('span')
  const move = () => {
    const day = days[Number(range.value)]
    words.textContent = `Until ${new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })}`
    graph.batch(() => {
      graph.nodes('[kind = "report"]').forEach((n) => n.toggleClass('later', n.data('day') > day))
      graph.nodes('[kind != "report"]').forEach((n) => n.toggleClass('later', n.neighborhood('node').every((m) => m.hasClass('later'))))
    })
  }
  range.addEventListener('input', move)
  label.append(words, range)
  move()
  return label
}
