import { defineConfig } from "@playwright/test";

// The distribution's Chromium; none is downloaded.
export default defineConfig({
  testDir: ".",
  testMatch: ["unit/**/*.test.ts", "specs/**/*.spec.ts"],
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [["line"], ["./counts.ts"]],
  outputDir: "artifacts/results",
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: process.env.IOMTAD_CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
});
