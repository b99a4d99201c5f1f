/** What a person reads on the phone: markup drawn, invisible joiners gone. */
export const plain = (text: string): string =>
  text
    .replace(/\*(?!\u2060)((?:[^*\n]|\*\u2060)+)\*(?!\u2060)/g, '$1')
    .replace(/^_(?!\u2060)(.+)_$/gm, '$1')
    .replaceAll('\u2060', '')
