// An agency and its first person are set up in the browser; someone who leaves is out at once.
import { createHmac } from 'node:crypto'
import { ADMINISTRATOR, signIn } from '../lib/demo.mjs'
import { Visitor } from '../lib/visitor.mjs'

const PASSWORD = 'copper lantern twelve gulls'

/** The six digits of an authenticator app (RFC 6238) for a key in base 32. */
function totp(key, at = Date.now()) {
  const bits = [...key.replaceAll(/[ =]/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', secret).update(step).digest()
  const value = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff
  return String(value % 1_000_000).padStart(6, '0')
}

export async function administration({ report, browser, base, tour }) {
  tour?.journey('Setting up an agency', 'No shell: an agency, an invitation, a password with a second factor, and someone who leaves is out at the next request.')
  const admin = await Visitor.arrive(browser, base, {}, tour)
  await signIn(admin.page, ADMINISTRATOR)
  await admin.open('/admin')
  admin.begin()
  await admin.press('Agencies')
  await admin.type('Name', 'Marlbrook Swimming Club')
  await admin.select('Kind', { index: 1 })
  await admin.press('Add the agency')
  report.claim('the new agency stands in the list', await admin.reads(/Marlbrook Swimming Club/))
  await admin.picture('Agencies')
  await admin.open('/admin/people')
  await admin.type('Name', 'Robin Coldspring')
  await admin.type('E-mail address', 'robin.coldspring@example.org')
  await admin.type('What they do', 'Lifeguard')
  await admin.select('Agency', { label: 'Marlbrook Swimming Club' })
  await admin.choose('Worker or volunteer', 'checkbox')
  await admin.press('Invite')
  const link = (await admin.text()).match(/\/invitation\/[0-9a-f]{64}/)?.[0]
  report.claim('the invitation is a link that is shown once', link ? [] : [await admin.outline()])
  await admin.picture('The invitation')

  const robin = await Visitor.arrive(browser, base, {}, tour)
  await robin.open(link)
  const key = (await robin.text()).match(/Key\s+([A-Z2-7 ]{16,})/)?.[1]
  await robin.type('Choose a password', PASSWORD)
  await robin.type(/six digits/, totp(key))
  await robin.picture('Setting up the account')
  await robin.press('Set up my account')
  await robin.type('E-mail address', 'robin.coldspring@example.org')
  await robin.type('Password', PASSWORD)
  // A code works once: the next one is taken.
  await robin.type(/Code from/, totp(key, Date.now() + 30_000))
  await robin.press('Sign in', { role: 'button' })
  report.claim('password and second factor let the new person in', await robin.reads(/Robin Coldspring/))
  const used = await robin.context.request.get(`${base}${link}`)
  report.claim('the link works once', used.status() === 404 ? [] : [`it answers ${used.status()}`])

  await admin.open('/admin/people')
  await admin.press('Robin Coldspring')
  await admin.choose(/Left/)
  await admin.picture('Someone leaves')
  await admin.press('Save')
  const after = await robin.open('/concerns')
  report.claim('someone who left is out at the next request',
    /Robin Coldspring/.test(await robin.text()) || after.status() === 200 && after.url().endsWith('/concerns') ? [`${after.status()} ${after.url()}`] : [])
  await robin.leave()
  await admin.leave()
}
