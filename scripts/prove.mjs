import './parts/node-version.mjs'

import('./parts/prove-steps.mjs')
  .then(({ prove }) => prove())
  .then((code) => {
    process.exitCode = code
  })
