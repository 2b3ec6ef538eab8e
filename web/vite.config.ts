import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `npm run dev` serves the pages by themselves and passes the rest on to a running program.
export default defineConfig({
  plugins: [react()],
  // The server puts a fresh value here with every answer (content security policy).
  html: { cspNonce: '__STYLE_NONCE__' },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
