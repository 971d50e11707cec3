import './parts/node-version.mjs'

// Loaded after the version was looked at: an old Node would stop at newer syntax with an error nobody understands.
import('./parts/show.mjs')
  .then(({ show }) => show(process.argv.slice(2)))
  .then((code) => {
    process.exitCode = code
  })
