import { defineConfig } from "vite";

// `npm run dev` shows the page of a running host: `iomtad serve` on its usual port.
export default defineConfig({
  base: "./",
  build: { target: "es2022", outDir: "dist", emptyOutDir: true, chunkSizeWarningLimit: 700 },
  server: { proxy: { "/api": "http://127.0.0.1:5080" } },
});
