// Counts what passed and what failed, and says it as it happens.
export class Report {
  passed = 0
  failed = 0
  figures = {}

  ok(name) {
    this.passed += 1
    console.log(`ok      ${name}`)
  }

  fail(name, why) {
    this.failed += 1
    console.log(`FAILED  ${name}\n        ${String(why).replaceAll('\n', '\n        ')}`)
  }

  /** One claim: `faults` lists what speaks against it. */
  claim(name, faults) {
    if (faults.length === 0) this.ok(name)
    else this.fail(name, faults.slice(0, 12).join('\n') + (faults.length > 12 ? `\n… ${faults.length - 12} more` : ''))
    return faults.length === 0
  }

  /** A measured figure that may not exceed its budget. */
  within(name, value, budget, unit = '') {
    this.figures[name] = { value: Math.round(value * 100) / 100, budget, unit }
    this.claim(`${name}: ${this.figures[name].value}${unit} (at most ${budget}${unit})`, value <= budget ? [] : ['over budget'])
  }

  /** Runs a part; an exception fails it and the others still run. */
  async part(name, work) {
    console.log(`\n# ${name}`)
    try {
      await work()
    } catch (error) {
      this.fail(name, error.stack ?? error)
    }
  }

  end() {
    console.log(`\n${this.passed} passed, ${this.failed} failed`)
    return this.failed === 0 && this.passed > 0 ? 0 : 1
  }
}
