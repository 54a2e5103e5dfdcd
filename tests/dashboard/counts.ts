import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** Prints how many tests passed, failed and were skipped, for scripts that add up. */
export default class Counts implements Reporter {
  private readonly outcomes = new Map<string, TestResult["status"]>();

  onTestEnd(test: TestCase, result: TestResult): void { this.outcomes.set(test.id, result.status); }

  onExit(): Promise<void> {
    const all = [...this.outcomes.values()];
    const count = (...statuses: TestResult["status"][]) => all.filter(s => statuses.includes(s)).length;
    console.log(`${count("passed")} passed, ${count("failed", "timedOut", "interrupted")} failed, ${count("skipped")} skipped`);
    return Promise.resolve();
  }

  printsToStdio(): boolean { return true; }
}
