export const journeys = []
