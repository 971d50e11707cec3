import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite'

type Chunk = Rolldown.OutputChunk

/**
 * Lets the browser fetch a page's files together with the entry: it would otherwise learn of them only when the entry
 * has run, one wait after another.
 */
export function firstPage(page: string): Plugin {
  return {
    name: 'convenio-first-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => {
        const chunks = Object.values(bundle ?? {}).filter((file): file is Chunk => file.type === 'chunk')
        const first = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(page))
        if (!first) return []
        return linksTo(withImports(first, chunks)).filter(({ attrs }) => !html.includes(String(attrs?.href)))
      },
    },
  }
}

function withImports(first: Chunk, chunks: readonly Chunk[]): Set<Chunk> {
  const found = new Set<Chunk>([first])
  for (const chunk of found) {
    for (const name of chunk.imports) {
      const imported = chunks.find((each) => each.fileName === name)
      if (imported) found.add(imported)
    }
  }
  return found
}

function linksTo(chunks: Set<Chunk>): HtmlTagDescriptor[] {
  const styles = [...chunks].flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])])
  return [
    ...[...chunks].map((chunk) => link({ rel: 'modulepreload', crossorigin: true, href: `/${chunk.fileName}` })),
    ...styles.map((file) => link({ rel: 'stylesheet', crossorigin: true, href: `/${file}` })),
  ]
}

function link(attrs: Record<string, string | boolean>): HtmlTagDescriptor {
  return { tag: 'link', attrs, injectTo: 'head' }
}
