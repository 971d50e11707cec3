// Plain old syntax on purpose: this file must still be readable by the Node it turns away.
var floor = [20, 19]
var own = process.versions.node.split('.').map(Number)

if (own[0] < floor[0] || (own[0] === floor[0] && own[1] < floor[1])) {
  console.error(
    'Convenio needs Node ' +
      floor.join('.') +
      ' or newer, and this is Node ' +
      process.versions.node +
      '. Install a newer one from https://nodejs.org and run this again.',
  )
  process.exit(1)
}
