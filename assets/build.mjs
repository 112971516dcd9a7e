// Compiles and compresses the assets; called by script/assets.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import * as sass from 'sass'

const style = (name) =>
  sass.compile(`scss/${name}.scss`, { style: 'compressed', charset: false }).css

// Fallbacks behind var() repeat the theme for browsers without custom properties, which our other
// rules need anyway.
function withoutFallbacks(css) {
  return css.replace(/var\((--govuk-[a-z-]+), #[0-9a-f]{3,6}\)/g, 'var($1)')
}

// One file instead of several requests: the parts first, then the module that calls them.
function script(parts) {
  return parts
    .map((part) => readFileSync(`js/${part}.js`, 'utf8'))
    .join('\n')
    .replace(/^import .*\n/gm, '')
    .replace(/^export /gm, '')
    .replace(/^\/\*\*[^]*?\*\/\n/gm, '')
    .replace(/^ *\/\/.*\n/gm, '')
}

const files = [
  ['tessera.css', 'text/css; charset=utf-8', withoutFallbacks(style('tessera'))],
  // Only pages on which somebody writes at length, or sees a network, ask for these two.
  ['work.css', 'text/css; charset=utf-8', withoutFallbacks(style('work'))],
  ['work.js', 'text/javascript; charset=utf-8', script(['words', 'autosave', 'work'])],
  ['tessera.js', 'text/javascript; charset=utf-8', script(['errors', 'count', 'exit', 'fold', 'tessera'])],
  // Only the picture of everything asks for this one.
  ['picture.js', 'text/javascript; charset=utf-8', `${readFileSync('node_modules/cytoscape/dist/cytoscape.min.js', 'utf8')}\n${script(['picture'])}`],
  ['icon.svg', 'image/svg+xml; charset=utf-8', readFileSync('icon.svg', 'utf8').trim()]
]

rmSync('dist.new', { recursive: true, force: true })
mkdirSync('dist.new')
const manifest = files.map(([name, media, text]) => {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  const small = gzipSync(text, { level: 9 })
  writeFileSync(`dist.new/${name}`, text)
  writeFileSync(`dist.new/${name}.gz`, small)
  console.log(`${name}: ${text.length} characters, ${small.length} bytes compressed`)
  return `${name}\t${hash}\t${media}\n`
})
writeFileSync('dist.new/manifest.tsv', manifest.join(''))
rmSync('dist', { recursive: true, force: true })
renameSync('dist.new', 'dist')
