import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../pipeline/commands/index.ts'
import { newsgraph } from './terminal.ts'

describe('help', () => {
  test('names every command', async () => {
    const { code, out } = await newsgraph(['--help'])
    expect(code).toBe(0)
    for (const [name, { summary }] of Object.entries(COMMANDS))
      expect(out).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'))
  })

  test.each(Object.keys(COMMANDS))('%s has usage, options and examples, and one summary', async (name) => {
    const asked = await newsgraph([name, '--help'])
    expect(asked.code).toBe(0)
    expect(asked.out).toMatch(/Usage\n[\s\S]+Options\n[\s\S]+--json[\s\S]+Examples\n {2}newsgraph /)
    expect(asked.out).toContain(`newsgraph ${name}: ${COMMANDS[name]?.summary}`)
    expect((await newsgraph(['help', name])).out).toBe(asked.out)
    expect((await newsgraph(['--help', name])).out).toBe(asked.out)
    const command = await COMMANDS[name]?.load()
    for (const option of Object.keys(command?.options ?? {})) expect(asked.out).toContain(`--${option}`)
  })

  test('without a command it is wrong use, and still help', async () => {
    const { code, out, err } = await newsgraph([])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('Commands')
  })

  test('the version is that of the package', async () => {
    expect((await newsgraph(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('wrong use is exit code 2 and names what is near', () => {
  test.each([
    [['bild'], 'Did you mean: newsgraph build?'],
    [['frobnicate'], 'See: newsgraph --help'],
    [['--frob'], 'there is no option --frob'],
    [['build', '--stict'], 'Did you mean --strict?'],
    [['build', '--desk'], '--desk needs a value'],
    [['build', '--desk', '--json'], '--desk needs a value'],
    [['build', '--json=yes'], '--json takes no value'],
    [['list'], 'One of: entities, types'],
    [['list', 'clams'], 'newsgraph list claims'],
    [['list', 'claims', 'more'], 'one argument too many'],
    [['query'], 'what is the query?'],
    [['query', 'q.rq'], 'Did you mean: --file q.rq?'],
    [['query', 'ASK {}', '--format', 'xml'], 'there is no format “xml”'],
    [['query', 'ASK {}', '--article', '../x'], 'cannot name an article'],
    [['init', 'a', 'b'], 'one argument too many'],
    [['init', 'article'], 'what shall the article be called?'],
    [['init', 'article', '../x'], 'newsgraph init article x'],
    [['init', 'article', 'Über Österreich'], 'newsgraph init article uber-osterreich'],
    [['init', 'article', '北京'], 'newsgraph init article first-article'],
  ])('%j', async (argv, words) => {
    const { code, out, err } = await newsgraph(argv)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(words)
  })

  test('constructor is neither a command nor an option', async () => {
    expect((await newsgraph(['constructor'])).code).toBe(2)
    expect((await newsgraph(['build', '--constructor'])).code).toBe(2)
  })
})
