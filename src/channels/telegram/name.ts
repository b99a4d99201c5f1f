import { Api } from 'grammy'

/** The name under which people find the bot of this token. @throws GrammyError, HttpError */
export async function botName(token: string, apiRoot: string): Promise<string> {
  return (await new Api(token, { apiRoot, timeoutSeconds: 30 }).getMe()).username
}
