import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'

const name = Decoration.mark({ class: 'draft-yaml-name' })
const text = Decoration.mark({ class: 'draft-yaml-text' })
const value = Decoration.mark({ class: 'draft-yaml-value' })
const comment = Decoration.mark({ class: 'draft-yaml-comment' })

// A parser of YAML would weigh as much as the rest of the page; what is wrong with the text the server says, not its colour.
const PARTS =
  /((?:^|\s)#.*$)|("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|([\p{L}\p{N}_.-]+)(?=:(?:\s|$))|((?<![\p{L}\p{N}/.-])(?:true|false|null|-?\d[\d.,-]*)(?![\p{L}\p{N}/]))/gmu

const words = new MatchDecorator({
  regexp: PARTS,
  decoration: ([, aComment, quoted, key]) => (aComment ? comment : quoted ? text : key ? name : value),
})

/** Names, texts, values and comments of YAML in their colours. */
export const yamlColours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = words.createDeco(view)
    }
    update(update: ViewUpdate) {
      this.decorations = words.updateDeco(update, this.decorations)
    }
  },
  { decorations: (plugin) => plugin.decorations },
)
