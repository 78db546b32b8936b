import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `vite` (development only) finds the API; the built pages are served by the API's own server. */
const api = process.env['PURSER_URL'] ?? 'http://127.0.0.1:4500'

export default defineConfig({
  root: 'web',
  base: '/',
  plugins: [react()],
  server: { host: '127.0.0.1', proxy: { '/v1': api } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    assetsDir: 'assets',
    target: 'es2023',
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Together, so that zod is configured before any chunk makes a schema with it.
            { name: 'zod', test: /node_modules\/zod\/|zod-without-eval/ },
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|@tanstack)\// },
          ],
        },
      },
    },
  },
})
