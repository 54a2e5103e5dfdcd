import { defineConfig } from "vite";

// `npm run dev` shows the page of a running host: `iomtad serve` on its usual port.
export default defineConfig({
  base: "./",
  build: {
    // Browsers that know light-dark() themselves: what stands in for it would follow the system alone, and not the switch.
    target: ["chrome123", "firefox120", "safari17.5"],
    outDir: "dist", emptyOutDir: true, chunkSizeWarningLimit: 700,
  },
  server: { proxy: { "/api": "http://127.0.0.1:5080" } },
});
