// A teaching assistant, signed in, sends a fragment with a person, a car, a place and a time.
import { WORKER, signIn } from '../lib/demo.mjs'
import { Visitor } from '../lib/visitor.mjs'

export async function workerConcern({ report, browser, base, tour, budget }) {
  tour?.journey('A teaching assistant sends a fragment', 'Signed in: a person, a car, a place and a time, one question a page, and "I don\'t know" always allowed.')
  const visitor = await Visitor.arrive(browser, base, {}, tour)
  await signIn(visitor.page, WORKER)
  await visitor.open('/')
  await visitor.press('I noticed something')
  await visitor.type(/What did you notice/, 'A pupil was dropped at the gate by a man in a grey car she would not talk about.')
  await visitor.press('Add more')
  await visitor.type('Name, or part of it', 'Mia')
  await visitor.picture('Which child')
  await visitor.press('Continue')
  await visitor.type('Where was it?', 'Fernhill Academy, the gate on Mill Road')
  await visitor.type('When was it?', 'Today at about quarter to nine')
  await visitor.press('Continue')
  await visitor.type(/Other people, cars/, 'Grey car, the plate ends 7 XYZ')
  await visitor.press('Check and send now')
  await visitor.picture('Check and send')
  report.claim('each answer stands on the page before sending',
    await visitor.reads(/grey car/, /Mia/, /Mill Road/, /quarter to nine/, /7 XYZ/))
  await visitor.press('Send')
  report.claim('she has a receipt', await visitor.reads(/TES-[0-9A-Z]{4}-[0-9A-Z]{4}/))
  const what = 'worker, signed-in home to sent fragment'
  report.within(`${what}: interactions`, visitor.interactions, budget.workerConcern.interactions)
  report.within(`${what}: time at 40 words a minute`, visitor.seconds(), budget.workerConcern.seconds, ' s')
  await visitor.open('/concerns')
  report.claim('she finds it again among her concerns', await visitor.reads(/grey car|dropped at the gate/))
  await visitor.picture('My concerns')
  await visitor.leave()
}
