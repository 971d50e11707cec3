type Pair = { light: string; dark: string }

const same = (colour: string): Pair => ({ light: colour, dark: colour })

/** Colours that replace Cloudscape's, by its own names; whatever refers to them follows. */
export const COLOURS: Record<string, Pair> = {
  colorPrimary50: same('#eef7f6'),
  colorPrimary100: same('#d6ebe8'),
  colorPrimary200: same('#b3d9d5'),
  colorPrimary300: same('#8fd0c9'),
  colorPrimary400: same('#62bdb5'),
  colorPrimary500: same('#2c8f89'),
  colorPrimary600: same('#0b6467'),
  colorPrimary700: same('#08504f'),
  colorPrimary800: same('#074446'),
  colorPrimary900: same('#063739'),
  colorPrimary950: same('#05292b'),
  colorPrimary1000: same('#0d2b2d'),
  colorBackgroundLayoutMain: { light: '#f6f5f1', dark: '#12171a' },
  colorBackgroundContainerContent: { light: '#ffffff', dark: '#1a2125' },
  colorBackgroundContainerHeader: { light: '#ffffff', dark: '#1a2125' },
  colorTextHeadingDefault: { light: '#14212b', dark: '#e8edef' },
  colorTextBodyDefault: { light: '#1d2a33', dark: '#d3dbdf' },
  colorBorderDividerDefault: { light: '#dedcd4', dark: '#333e44' },
  colorBorderDividerSecondary: { light: '#e9e7e0', dark: '#2a3338' },
}

/** What is ours alone: names of our style sheet, and shapes that replace Cloudscape's. */
export const OWN: {
  colours: Record<string, Pair>
  tokens: Record<string, string>
  /** Inside our tables, whose columns are many. */
  table: Record<string, string>
} = {
  colours: {
    ground: { light: '#f6f5f1', dark: '#12171a' },
    surface: { light: '#ffffff', dark: '#1a2125' },
    raised: { light: '#ffffff', dark: '#222b30' },
    ink: { light: '#1d2a33', dark: '#d3dbdf' },
    heading: { light: '#14212b', dark: '#eef2f3' },
    quiet: { light: '#55636d', dark: '#9eabb2' },
    line: { light: '#dedcd4', dark: '#333e44' },
    edge: { light: '#83898c', dark: '#78868e' },
    accent: { light: '#0b6467', dark: '#62bdb5' },
    'accent-ink': { light: '#ffffff', dark: '#0c2526' },
    'accent-soft': { light: '#e3f1ef', dark: '#17383a' },
    bar: { light: '#0c3336', dark: '#0c2022' },
    'bar-ink': { light: '#f2f8f7', dark: '#e3efee' },
    'bar-quiet': { light: '#a9cbc8', dark: '#8fb3b0' },
    focus: { light: '#0b6467', dark: '#8fd0c9' },
    breached: { light: '#a8261c', dark: '#ff9a8f' },
    'breached-soft': { light: '#fbe9e6', dark: '#3d1d1a' },
    'at-risk': { light: '#7d4a00', dark: '#f0b455' },
    'at-risk-soft': { light: '#fbf0dc', dark: '#3a2a10' },
    undetermined: { light: '#4d5a80', dark: '#a9b6e0' },
    'undetermined-soft': { light: '#ebeef7', dark: '#232a40' },
    'not-due': { light: '#55636d', dark: '#9eabb2' },
    'not-due-soft': { light: '#eeeeea', dark: '#283137' },
    met: { light: '#1b6339', dark: '#7bcf9b' },
    'met-soft': { light: '#e4f3e9', dark: '#16331f' },
    waived: { light: '#634391', dark: '#c9b0ee' },
    'waived-soft': { light: '#f0eaf8', dark: '#2f2442' },
  },
  tokens: {
    fontFamilyBase: "'Inter Variable', system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
    fontFamilyMonospace: "ui-monospace, 'Cascadia Code', Menlo, Consolas, monospace",
    fontWeightButton: '600',
    fontDisplayLabelWeight: '600',
    fontWeightHeadingL: '650',
    fontWeightHeadingM: '650',
    fontWeightHeadingS: '650',
    fontWeightHeadingXl: '650',
    fontWeightHeadingXs: '650',
    borderRadiusButton: '6px',
    borderRadiusContainer: '10px',
    borderRadiusInput: '6px',
    borderRadiusItem: '6px',
    borderRadiusFlashbar: '8px',
    borderRadiusDropzone: '10px',
    borderRadiusTabsFocusRing: '6px',
  },
  table: { spaceScaledL: '12px', spaceL: '8px', fontSizeBodyM: '13px' },
}
