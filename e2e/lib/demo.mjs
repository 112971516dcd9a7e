// Who and what the demo partnership holds, as far as the journeys rely on it.
export const PEOPLE = []
export const PAGES = { public: [], staff: [] }
export async function signIn() {}
