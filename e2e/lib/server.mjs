// A fresh demo partnership of its own for one run.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((ready) => probe.once('listening', ready))
  const { port } = probe.address()
  await new Promise((closed) => probe.close(closed))
  return port
}

export async function startDemo() {
  const port = await freePort()
  const data = mkdtempSync(join(tmpdir(), 'tessera-e2e-'))
  const base = `http://127.0.0.1:${port}`
  const began = performance.now()
  const child = spawn(
    process.env.TESSERA_BIN,
    ['demo', '--listen', `127.0.0.1:${port}`, '--data', join(data, 'demo')],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: data, XDG_CONFIG_HOME: join(data, 'config') } }
  )
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => { log = (log + chunk).slice(-20_000) })
  }
  let ended = false
  child.once('exit', () => { ended = true })
  const stop = async () => {
    if (!ended) {
      child.kill('SIGTERM')
      await Promise.race([new Promise((done) => child.once('exit', done)), pause(5000)])
      if (!ended) child.kill('SIGKILL')
    }
    rmSync(data, { recursive: true, force: true })
  }
  while (performance.now() - began < 60_000) {
    if (ended) break
    const answer = await fetch(base).catch(() => undefined)
    if (answer?.ok) {
      return { base, stop, seconds: (performance.now() - began) / 1000, log: () => log }
    }
    await pause(50)
  }
  await stop()
  throw new Error(`the demo did not start:\n${log}`)
}
