import { spawn } from 'node:child_process'

const children = new Set()

/** Ends everything that was started here, and waits for it. */
export async function stopAll() {
  const ends = [...children].map((child) => new Promise((resolve) => child.once('exit', resolve)))
  for (const child of children) child.kill('SIGTERM')
  await Promise.all(ends)
}

/** Runs a command of the built command line to its end. */
export function run(args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['dist/cli/main.js', ...args], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${args[0]}: exit ${code}`))))
  })
}

/** Starts a script that goes on, and waits until it has said what a pattern finds; gives the pattern's first group. */
export function started(args, env, pattern) {
  const texts = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]))
  const child = spawn(process.execPath, args, { env: texts, stdio: ['ignore', 'pipe', 'inherit'] })
  children.add(child)
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (text) => {
      said += text
      const found = pattern.exec(said)
      if (found) resolve(found[1])
    })
    child.on('exit', (code) => {
      children.delete(child)
      reject(new Error(`${args.join(' ')}: exit ${code}\n${said}`))
    })
  })
}

export const PERSON = { name: 'Bench', email: 'bench@example.com', password: 'a long enough passphrase 42' }

/** Serves an installation nobody has signed in to yet, and becomes its first administrator. */
export async function served(data, env = process.env) {
  const args = [
    ...(env.BENCH_NODE ?? '').split(' ').filter(Boolean),
    'dist/cli/main.js',
    'serve',
    '--data',
    data,
    '--port',
    '0',
  ]
  const link = await started(args, env, /(http\S+\/first-administrator#\S+)/)
  const { origin, hash } = new URL(link)
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ link: hash.slice(1), ...PERSON })
  const first = await fetch(`${origin}/api/v1/first-administrator`, { method: 'POST', headers, body })
  if (!first.ok) throw new Error(await first.text())
  const { csrf } = await first.json()
  const cookie = first.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const made = await fetch(`${origin}/api/v1/tokens`, {
    method: 'POST',
    headers: { ...headers, cookie, 'x-csrf-token': csrf },
    body: JSON.stringify({ name: 'bench', rights: ['read', 'import', 'imports'], days: 1 }),
  })
  if (!made.ok) throw new Error(await made.text())
  return { origin, token: (await made.json()).text }
}
