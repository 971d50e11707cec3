import './parts/node-version.mjs'

import('./parts/test-steps.mjs')
  .then(({ testInBrowser }) => testInBrowser())
  .then((code) => {
    process.exitCode = code
  })
