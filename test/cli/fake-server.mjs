// A server that has an installation's folder and takes commands, and does nothing else: the command line's half of `convenio serve`.
import { createServer } from 'node:http'
import { answerCommand } from '../../dist/cli/answer-command.js'
import { removeServerFile, writeServerFile } from '../../dist/cli/server-file.js'
import { Ledger } from '../../dist/evidence/ledger/index.js'

const [root] = process.argv.slice(2)
const now = () => new Date().toISOString()
const ledger = await Ledger.open({ root, actor: 'server', now, purpose: 'convenio serve' })
const secret = 'a secret that is known here and in the file alone'

const server = createServer(async (request, response) => {
  if (request.url !== '/api/v1/commands' || request.method !== 'POST') return response.writeHead(404).end()
  if (request.headers.authorization !== `Bearer ${secret}`) return response.writeHead(401).end()
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  const asked = JSON.parse(Buffer.concat(chunks).toString())
  console.log(`asked ${asked.argv[0]} by ${asked.actor}`)
  await answerCommand(asked, ledger, (line) => response.write(line), gone.signal)
  console.log(`answered ${asked.argv[0]}${gone.signal.aborted ? ' to nobody' : ''}`)
  response.end()
})

server.listen(0, '127.0.0.1', () => {
  const file = { pid: process.pid, url: `http://127.0.0.1:${server.address().port}`, secret, startedAt: now() }
  writeServerFile(root, file)
  process.on('SIGTERM', async () => {
    removeServerFile(root, file)
    server.closeAllConnections()
    server.close()
    await ledger.close()
    process.exit(0)
  })
  console.log('ready')
})
