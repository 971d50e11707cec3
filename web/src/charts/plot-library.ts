// Only what our charts draw with: the whole of Observable Plot is more than a page may load.
export { dot, line, plot, rect, ruleX, ruleY, text } from '@observablehq/plot'
