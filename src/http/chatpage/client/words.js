/** The few sentences the script puts in, in the page's language. @type {Record<string, string> & {media: Record<string, string>}} */
export const words = JSON.parse(document.body.dataset.words ?? '{}')

/** @template {Element} T @param {ParentNode} root @param {string} selector @param {new () => T} type @returns {T} */
export function find(root, selector, type) {
  const found = root.querySelector(selector)
  if (!(found instanceof type)) throw new Error(`The page lacks ${selector}`)
  return found
}
