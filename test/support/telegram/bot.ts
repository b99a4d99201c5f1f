import { Api } from 'grammy'
import { FakeBotApi, type FakeOptions } from './fake.ts'

/** A running fake and a grammY client for it, set up as the project's own channel sets up its client. */
export async function fakeWithApi(
  options: FakeOptions = {},
): Promise<{ fake: FakeBotApi; api: Api; url: string }> {
  const fake = new FakeBotApi(options)
  const { url } = await fake.start()
  return { fake, url, api: new Api(fake.token, { apiRoot: url, timeoutSeconds: 30 }) }
}
