/** Reading what residents type. Everything here is pure; the engine and the command line import from this file. */
export * from './types.ts'
export { readYesNo, type YesNo } from './yesno.ts'
export { readCommand, type Command, type CommandReading } from './commands.ts'
export { readChoice } from './choices.ts'
export { readChoices } from './multi.ts'
