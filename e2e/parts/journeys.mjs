// The journeys that the program is for, in the order in which they happen.
import { readFileSync } from 'node:fs'
import { administration } from '../journeys/administration.mjs'
import { childFile } from '../journeys/child-file.mjs'
import { follow, outcome } from '../journeys/follow.mjs'
import { explore } from '../journeys/explore.mjs'
import { picture } from '../journeys/picture.mjs'
import { guidance } from '../journeys/guidance.mjs'
import { importing } from '../journeys/import.mjs'
import { publicConcern } from '../journeys/public-concern.mjs'
import { recovery } from '../journeys/recovery.mjs'
import { screening } from '../journeys/screening.mjs'
import { triage } from '../journeys/triage.mjs'
import { words } from '../journeys/words.mjs'
import { workerConcern } from '../journeys/worker-concern.mjs'

const budget = JSON.parse(readFileSync(new URL('../budgets.json', import.meta.url)))

/** What one journey leaves for the next: the reference and code of the concern that was sent. */
const memory = {}

export const journeys = [
  ['public concern', publicConcern],
  ['recovery', recovery],
  ['follow-up', follow],
  ['worker concern', workerConcern],
  ['triage', triage],
  ['outcome', outcome],
  ['child file', childFile],
  ['words', words],
  ['screening', screening],
  ['explore', explore],
  ['picture', picture],
  ['import', importing],
  ['administration', administration],
  ['guidance', guidance]
].map(([name, walk]) => [`journey: ${name}`, (tools) => walk({ ...tools, budget, memory })])
