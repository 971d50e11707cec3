/** The Chromium that tests and screenshots use: the one of CONVENIO_BROWSER, else one that is installed; undefined without. */
export function findBrowser(env?: Record<string, string | undefined>): string | undefined

/** The files of tests that need a browser. */
export function browserTests(): string[]
