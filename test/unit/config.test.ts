import { describe, expect, test } from 'vitest'
import { ConfigError, describeSettings, readConfig } from '../../src/config.ts'

const problemsOf = (env: Record<string, string>) => {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('settings', () => {
  test('nothing needs to be set', () => {
    const config = readConfig({})
    expect(config).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', DATA_DIR: 'data', chatPage: true })
    expect(config.ROLES).toEqual(['web', 'worker', 'channels'])
  })

  test.each([
    [{ PORT: '70000' }, 'PORT: found "70000", expected a port number, 0 to 65535'],
    [{ PORT: 'abc' }, 'PORT: found "abc", expected a port number, 0 to 65535'],
    [
      { ROLES: 'web,cook' },
      'ROLES: found "web,cook", expected some of web, worker, channels, separated by commas',
    ],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: found "loud", expected trace, debug, info, warn, error or silent'],
    [
      { PUBLIC_URL: 'okoce' },
      'PUBLIC_URL: found "okoce", expected a URL that begins with http:// or https://',
    ],
  ])('%o ends the start with name, found and expected', (env, problem) => {
    expect(problemsOf(env)).toEqual([problem])
  })

  test('a wrong secret is named but never shown', () => {
    const secrets = {
      TELEGRAM_BOT_TOKEN: '123:x y',
      SECRET_KEY: 'short-and-secret',
      DATABASE_URL: 'mysql://u:hunter2@h/d',
    }
    const problems = problemsOf(secrets).join('\n')
    expect(problems.split('\n')).toHaveLength(3)
    for (const value of Object.values(secrets)) expect(problems).not.toContain(value)
  })

  test('the chat page is on while no real channel is set, else by CHAT_PAGE=on', () => {
    const token = { TELEGRAM_BOT_TOKEN: '123456:ABCdefGHIjkl' }
    expect(readConfig(token).chatPage).toBe(false)
    expect(readConfig({ ...token, CHAT_PAGE: 'on' }).chatPage).toBe(true)
    expect(readConfig({ CHAT_PAGE: 'off' }).chatPage).toBe(false)
  })

  test('while the controller is unset the consent says so and the start warns', () => {
    expect(readConfig({}).facts.pengelola).toContain('(contoh, belum resmi)')
    expect(readConfig({}).warnings.join()).toContain('CONTROLLER_NAME')
    const set = {
      CONTROLLER_NAME: 'PGO',
      CONTROLLER_CONTACT: 'halo@pgo.id',
      PRIVACY_URL: 'https://pgo.id/privasi',
    }
    expect(readConfig(set).warnings).toEqual([])
    expect(readConfig(set).facts).toMatchObject({ pengelola: 'PGO', url_privasi: 'https://pgo.id/privasi' })
  })

  test('--help lists every setting with its meaning and default', () => {
    const help = describeSettings()
    for (const name of [
      'PORT',
      'DATA_DIR',
      'DATABASE_URL',
      'REDIS_URL',
      'SECRET_KEY',
      'TELEGRAM_API_ROOT',
      'RETENTION',
    ])
      expect(help).toMatch(new RegExp(`^  ${name}\\s+\\S`, 'm'))
    expect(help).toContain('Default: 3000.')
  })
})

describe('how messages come from Telegram', () => {
  const TELEGRAM_BOT_TOKEN = '123456:a-token-for-tests-only'
  const ask = (env: Record<string, string>) => readConfig({ TELEGRAM_BOT_TOKEN, ...env })
  const problems = (env: Record<string, string>) => problemsOf({ TELEGRAM_BOT_TOKEN, ...env })

  test('is polling, or a webhook once people reach the assistant by https', () => {
    expect(ask({}).telegramWebhook).toBe(false)
    expect(ask({ PUBLIC_URL: 'http://localhost:3000' }).telegramWebhook).toBe(false)
    expect(ask({ PUBLIC_URL: 'https://chat.example.org' }).telegramWebhook).toBe(true)
    expect(readConfig({ PUBLIC_URL: 'https://chat.example.org' }).telegramWebhook).toBe(false)
    const both = { PUBLIC_URL: 'https://chat.example.org', TELEGRAM_UPDATES: 'polling' }
    expect(ask(both).telegramWebhook).toBe(false)
  })

  test('refuses at start a webhook that Telegram would never call', () => {
    expect(problems({ TELEGRAM_UPDATES: 'webhook' })[0]).toMatch(
      /^PUBLIC_URL: not set.*TELEGRAM_UPDATES=polling/,
    )
    expect(problems({ PUBLIC_URL: 'https://chat.example.org:3000' })[0]).toContain('port 443, 80, 88 or 8443')
    expect(problems({ PUBLIC_URL: 'http://chat.example.org', TELEGRAM_UPDATES: 'webhook' })[0]).toContain(
      'https',
    )
    const own = { TELEGRAM_API_ROOT: 'http://localhost:8081', TELEGRAM_UPDATES: 'webhook' }
    expect(problems({ ...own, PUBLIC_URL: 'http://localhost:3000' })).toEqual([])
  })

  test('needs the web server where the channels are', () => {
    const apart = { PUBLIC_URL: 'https://chat.example.org', ROLES: 'channels,worker' }
    expect(problems(apart)[0]).toMatch(/^ROLES: found "channels,worker", expected web/)
    expect(problems({ ...apart, ROLES: 'web' })).toEqual([])
  })
})
