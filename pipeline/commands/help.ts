/** Help, written from what the commands say of themselves. */
import { pad } from '../report/table.ts'
import type { Command, OptionSpec } from './command.ts'

const columns = (rows: readonly (readonly [string, string])[], gap = 2): string => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${pad(left, width)}${' '.repeat(gap)}${right}\n`).join('')
}

const optionName = ([name, spec]: [string, OptionSpec]): string =>
  `${spec.short ? `-${spec.short}, ` : ''}--${name}${spec.value ? ` ${spec.value}` : ''}`

const HELP: OptionSpec = { type: 'boolean', short: 'h', description: 'this help' }

/** `newsgraph build --help` */
export function commandHelp(command: Command): string {
  const options = Object.entries({ ...command.options, help: HELP })
  const examples = command.examples.map(([line, meaning]) => `  ${line}\n      ${meaning}\n`).join('')
  return [
    `newsgraph ${command.name}: ${command.summary}\n\n`,
    `Usage\n${command.usage.map((line) => `  ${line}\n`).join('')}\n`,
    command.details === undefined ? '' : `${command.details.trim()}\n\n`,
    `Options\n${columns(options.map((option): [string, string] => [optionName(option), option[1].description]))}\n`,
    `Examples\n${examples}\n`,
    `Exit code: 0 clean, 1 findings, 2 wrong use, 3 unreadable input or no room to write.\n`,
  ].join('')
}

/** `newsgraph --help` */
export function overview(commands: readonly Pick<Command, 'name' | 'summary'>[]): string {
  return [
    'newsgraph compiles annotated news articles into a knowledge graph in which a claim is never a fact.\n\n',
    'Usage\n  newsgraph COMMAND [OPTION…]\n\n',
    `Commands\n${columns(commands.map(({ name, summary }): [string, string] => [name, summary]))}\n`,
    'Options\n  -h, --help     this help; after a command, that command’s help with examples\n  -v, --version  the version\n\n',
    'A message\n  newsgraph help CODE: what quote-not-found and its like mean, and what to do\n\n',
    'Start with:\n  newsgraph init my-desk\n  newsgraph build --desk my-desk\n',
  ].join('')
}
