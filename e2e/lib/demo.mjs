// Who and what the demo partnership holds, as far as the journeys rely on it.

/** One of each kind of person. */
export const OFFICER = 'Nadia Lightfoot'
export const MANAGER = 'Priya Millrace'
export const WORKER = 'Tess Harbourne'
export const SOCIAL_WORKER = 'Grace Hazelmoor'
export const LEAD = 'Lee Tarnside'
export const POLICE = 'Chris Stonegate'
export const AUDITOR = 'Sam Daybook'
export const ADMINISTRATOR = 'Alex Keystone'
export const EDITOR = 'Mara Inkpenny'
export const OTHER_EDITOR = 'Theo Larkfield'
export const LEAD_OF_SCHOOL = 'Helen Inkwell'
export const PEOPLE = [OFFICER, MANAGER, WORKER, SOCIAL_WORKER, LEAD, POLICE, AUDITOR, ADMINISTRATOR, EDITOR]

/** Pages whose weight is kept: name, address, who looks. The last public one is the form itself. */
export const PAGES = {
  public: [['the first page', '/'], ['following up', '/follow'], ['challenge inappropriate language', '/language'], ['cookies and privacy', '/privacy'], ['the guidance', '/guidance'], ['a page of guidance', '/guidance/start/signs'], ['a search', '/guidance/search?q=grroming'], ['know the differences', '/differences'], ['what the answers suggest', '/differences/result?age=14&Q08=yes&Q07=yes&Q11=yes&Q12=yes'], ['what did you notice', '/tell?kind=noticed']],
  staff: [
    ['the queue', '/queue', OFFICER],
    ['the search for a child', '/children?name=Willowmere', OFFICER],
    ['my concerns', '/concerns', WORKER],
    ['screenings', '/screenings', OFFICER],
    ['people and roles', '/admin/people', ADMINISTRATOR],
    ['the audit log', '/audit', AUDITOR]
  ]
}

/** Becomes someone by the demo's own page. */
export async function signIn(page, name) {
  await page.goto('/sign-in-as')
  await Promise.all([
    page.waitForEvent('framenavigated'),
    page.getByRole('button', { name: `Sign in as ${name}` }).click()
  ])
  await page.waitForLoadState('load')
}
