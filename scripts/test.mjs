import './parts/node-version.mjs'

import('./parts/test-steps.mjs')
  .then(({ test }) => test())
  .then((code) => {
    process.exitCode = code
  })
