// The journeys that the program is for, in the order in which they happen.
import { readFileSync } from 'node:fs'
import { follow } from '../journeys/follow.mjs'
import { publicConcern } from '../journeys/public-concern.mjs'
import { recovery } from '../journeys/recovery.mjs'

const budget = JSON.parse(readFileSync(new URL('../budgets.json', import.meta.url)))

/** What one journey leaves for the next: the reference and code of the concern that was sent. */
const memory = {}

export const journeys = [
  ['public concern', publicConcern],
  ['recovery', recovery],
  ['follow-up', follow]
].map(([name, walk]) => [`journey: ${name}`, (tools) => walk({ ...tools, budget, memory })])
