export async function weights() {}
