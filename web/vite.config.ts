import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './build/compressed.ts'
import { firstPage } from './build/first-page.ts'
import { themeStyles } from './build/theme-styles.ts'
import { wordChunks } from './build/word-chunks.ts'

const target = process.env.CONVENIO_PROXY ?? 'http://127.0.0.1:4600'
// The server takes writes from its own pages only, so they come as if from there.
const proxy = { '/api': { target, changeOrigin: true, headers: { origin: target } } }
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** `npx vite web` serves the pages while they are written, with the interface of the server named by CONVENIO_PROXY. */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [
    react(),
    wordChunks(here('src')),
    themeStyles(),
    firstPage('pages/overview/OverviewPage.tsx'),
    compressed(),
  ],
  resolve: { alias: { '@client': here('../src/client/index.ts') } },
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 2000,
    // Images inside style sheets would need `data:` in the content security policy.
    assetsInlineLimit: 0,
  },
  server: { proxy },
  preview: { proxy },
})
