import { badRequest, Refusal, textOf, type Call, type Upload } from './http.ts'

export type FileKind = 'photo' | 'document' | 'voice' | 'sticker'

export interface StoredFile {
  fileId: string
  kind: FileKind
  name: string
  /** Bytes. */
  size: number
  bytes: Buffer
}

const MEGABYTE = 1024 * 1024
export const UPLOAD_MAX = 50 * MEGABYTE
const DOWNLOAD_MAX = 20 * MEGABYTE
const IMAGE = /^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP)/s

/** Files by their id, up and down. The same id is the same file for ever, as for real bots. */
export class Files {
  readonly #files = new Map<string, StoredFile>()

  add(kind: FileKind, { name, bytes }: Upload): StoredFile {
    const fileId = `${kind}-${this.#files.size + 1}`
    const file = { fileId, kind, name, size: bytes.length, bytes }
    this.#files.set(fileId, file)
    return file
  }

  get(fileId: string): StoredFile | undefined {
    return this.#files.get(fileId)
  }

  /** The file of a send: uploaded (`attach://…` or a part of the field's own name), or one sent before. */
  ofCall({ params, files }: Call, kind: FileKind): StoredFile {
    const given = textOf(params[kind])
    const upload = files.get(given.replace('attach://', '')) ?? files.get(kind)
    if (upload) return this.#upload(kind, upload)
    if (!given) throw badRequest(`there is no ${kind} in the request`)
    const known = this.#files.get(given)
    if (!known) throw badRequest('wrong file identifier/HTTP URL specified')
    if (known.kind !== kind)
      throw badRequest(`can't use file of type ${capital(known.kind)} as ${capital(kind)}`)
    return known
  }

  /** getFile: a path for the download. */
  describe(fileId: string): object {
    const file = this.#files.get(fileId)
    if (!file) throw badRequest('invalid file_id')
    if (file.size > DOWNLOAD_MAX) throw badRequest('file is too big')
    return { ...identity(file), file_path: `${file.kind}s/${file.fileId}` }
  }

  /** The bytes behind a path that `describe` gave. @throws Refusal 404 */
  download(path: string): Buffer {
    const file = this.#files.get(path.split('/')[1] ?? '')
    if (!file) throw new Refusal(404, 'Not Found')
    return file.bytes
  }

  #upload(kind: FileKind, upload: Upload): StoredFile {
    if (upload.bytes.length === 0) throw badRequest('file must be non-empty')
    if (upload.bytes.length > UPLOAD_MAX) throw new Refusal(413, 'Request Entity Too Large')
    if (kind === 'photo' && !IMAGE.test(upload.bytes.subarray(0, 12).toString('latin1')))
      throw badRequest('IMAGE_PROCESS_FAILED')
    return this.add(kind, upload)
  }
}

/** As every kind of file carries it in a message. */
export const identity = ({ fileId, size }: StoredFile) => ({
  file_id: fileId,
  file_unique_id: `u-${fileId}`,
  file_size: size,
})

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
