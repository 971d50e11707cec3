import { spawnSync } from 'node:child_process'
import { root } from './paths.mjs'

const stdio = {
  all: 'inherit',
  errors: ['ignore', 'pipe', 'inherit'],
  nothing: ['ignore', 'pipe', 'pipe'],
}

/**
 * Runs a program and waits. What `show` names goes straight to the terminal (colour and width kept); the rest is
 * returned, to be shown only when something failed.
 */
export function run(program, args, { cwd = root, env = process.env, show = 'nothing' } = {}) {
  const result = spawnSync(program, args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: stdio[show],
    maxBuffer: 256 * 1024 * 1024,
  })
  const trouble = result.error ? `${result.error.message}\n` : ''
  return {
    code: result.status ?? 1,
    crashed: result.error !== undefined || result.signal !== null,
    stdout: result.stdout ?? '',
    stderr: trouble + (result.stderr ?? ''),
  }
}

/** Runs a script with the Node that runs us. */
export function runNode(args, options) {
  return run(process.execPath, args, options)
}

/** Runs the npm that started us, or the one on the path. */
export function runNpm(args, options = {}) {
  const env = withoutNpmState(options.env ?? process.env)
  const own = process.env.npm_execpath
  if (own?.endsWith('.js')) return run(process.execPath, [own, ...args], { ...options, env })
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], { ...options, env })
  return run('npm', args, { ...options, env })
}

/** An npm inside an npm script would otherwise take the outer one's folder and package for its own. */
function withoutNpmState(env) {
  const outer =
    /^(npm_(package|lifecycle)_.*|npm_(command|config_local_prefix|config_global|config_omit|config_dry_run)|INIT_CWD)$/i
  return Object.fromEntries(Object.entries(env).filter(([name]) => !outer.test(name)))
}
