import ts from 'typescript'

/** One small change of one file: the text from `start` to `end` becomes `text`. */
export interface Mutant {
  file: string
  line: number
  start: number
  end: number
  text: string
  what: string
}

const OPERATORS: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.LessThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '<',
  [ts.SyntaxKind.GreaterThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>',
  [ts.SyntaxKind.AmpersandAmpersandToken]: '||',
  [ts.SyntaxKind.BarBarToken]: '&&',
  [ts.SyntaxKind.PlusToken]: '-',
  [ts.SyntaxKind.MinusToken]: '+',
  [ts.SyntaxKind.AsteriskToken]: '/',
  [ts.SyntaxKind.SlashToken]: '*',
}
const METHODS: Record<string, string> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
}

/** Every mutant of a file: operators, conditions, numbers, compared words, reasons, booleans, some/every. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2023, true)
  const mutants: Mutant[] = []
  const add = (node: ts.Node, text: string, what: string): void => {
    const start = node.getStart(tree)
    mutants.push({
      file,
      line: tree.getLineAndCharacterOfPosition(start).line + 1,
      start,
      end: node.end,
      text,
      what,
    })
  }
  const visit = (node: ts.Node): void => {
    if (
      ts.isImportDeclaration(node) ||
      ts.isTypeNode(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node)
    )
      return
    if (isNeededDefault(node)) return
    mutate(node, tree, add)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return mutants
}

/** `words[at] ?? ''`: a default that the compiler asks for and no run reaches. */
const isNeededDefault = (node: ts.Node): boolean =>
  (ts.isStringLiteral(node) || ts.isNumericLiteral(node)) &&
  ts.isBinaryExpression(node.parent) &&
  node.parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken

type Add = (node: ts.Node, text: string, what: string) => void

function mutate(node: ts.Node, tree: ts.SourceFile, add: Add): void {
  if (ts.isBinaryExpression(node)) {
    const other = OPERATORS[node.operatorToken.kind]
    if (other !== undefined) add(node.operatorToken, other, `${node.operatorToken.getText(tree)} → ${other}`)
  } else if (ts.isIfStatement(node)) add(node.expression, `!(${node.expression.getText(tree)})`, 'if (!…)')
  else if (ts.isConditionalExpression(node)) add(node.condition, `!(${node.condition.getText(tree)})`, '!… ?')
  else if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false', 'true → false')
  else if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true', 'false → true')
  else if (ts.isNumericLiteral(node))
    add(node, String(Number(node.text.replaceAll('_', '')) + 1), `${node.text} + 1`)
  else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    add(node, node.operand.getText(tree), 'without !')
  else if (ts.isPropertyAccessExpression(node)) {
    const other = METHODS[node.name.text]
    if (other !== undefined) add(node.name, other, `${node.name.text} → ${other}`)
  } else if (ts.isStringLiteral(node) && isRule(node)) add(node, "'§'", `${node.getText(tree)} → '§'`)
}

/** A word that is compared with, or a reason that is given; not an entry of a word list. */
function isRule(node: ts.StringLiteral): boolean {
  const { parent } = node
  if (ts.isBinaryExpression(parent)) return true
  return (
    ts.isCallExpression(parent) && ['none', 'ask', 'covering', 'asking'].includes(parent.expression.getText())
  )
}
