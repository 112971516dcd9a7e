import { launch, person, PHONE, DESKTOP } from './lib/browser.mjs'
import { signIn } from './lib/demo.mjs'
const base = process.argv[2]; const browser = await launch()
const shots = JSON.parse(process.argv[3])
for (const [name, path, who, size, full] of shots) {
  const { context, page } = await person(browser, { base, size: size === 'phone' ? PHONE : DESKTOP })
  await page.goto('/'); if (who) await signIn(page, who)
  await page.goto(path); await page.screenshot({ path: `/tmp/gs-${name}.png`, fullPage: full !== false }); await context.close()
}
await browser.close()
