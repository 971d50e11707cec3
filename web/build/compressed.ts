import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Writes each file also as `.br` and `.gz`, so that the server compresses nothing while it answers. */
export function compressed(): Plugin {
  let folder = ''
  return {
    name: 'convenio-compressed',
    apply: 'build',
    configResolved: (config) => {
      folder = resolve(config.root, config.build.outDir)
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      handler: () => {
        for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
          if (entry.isFile() && /\.(js|css|html|svg|json)$/.test(entry.name))
            compress(join(entry.parentPath, entry.name))
        }
      },
    },
  }
}

function compress(file: string): void {
  const bytes = readFileSync(file)
  if (bytes.length < 1000) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
}
