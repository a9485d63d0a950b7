/**
 * From EDTF strings (ISO 8601-2, levels 0 and 1, as the Library of Congress specifies them) to four bounds. The library
 * `edtf` judges the syntax; the bounds come from the table in `ontology/time-bounds.yaml`.
 */
import { parse } from 'edtf'
import type { Bounds } from '../model/article.ts'
import type { TimeTable } from '../model/ontology.ts'

export interface TimeFault {
  code: 'edtf-invalid' | 'date-impossible' | 'time-order'
  message: string
  hint: string
  /** Which of the fields is at fault. */
  field: 'edtf' | 'earliest' | 'latest'
}

const utc = (year: number, month: number, day: number): Date => {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date
}
const lastOf = (year: number, month: number): Date => utc(year, month + 1, 0)
/** xsd:date without zone; years before 1 and after 9999 in its own form. */
const lexical = (date: Date): string => {
  const year = date.getUTCFullYear()
  const pad = (n: number, width: number) => String(n).padStart(width, '0')
  return `${year < 0 ? '-' : ''}${pad(Math.abs(year), 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}`
}
/** The day that an xsd:date names; `Date.parse` misreads years before 1. */
const dayOf = (text: string): Date => {
  const [, year, month, day] = /^(-?\d{4,})-(\d{2})-(\d{2})$/.exec(text) ?? []
  return utc(Number(year), Number(month), Number(day))
}
/** True if a `YYYY-MM-DD` names a day that exists. */
export const isDay = (text: string): boolean => {
  const day = dayOf(text)
  return !Number.isNaN(day.getTime()) && lexical(day) === text
}

type Side = { from: Date; to: Date }
type Parsed = Side | 'open' | TimeFault
const DATE = /^(-?\d{2}(?:\d{2}|\dX|XX))(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?(?:T[0-9:.Z+-]+)?([~?%])?$/

function side(text: string, hemisphere: 'north' | 'south', table: TimeTable): Parsed {
  if (text === '' || text === '..') return 'open'
  const m = DATE.exec(text)
  if (!m)
    return {
      code: 'edtf-invalid',
      message: `“${text}” has no bounds here.`,
      hint: 'Use years of four digits, such as 2018, 200X or 2021-08.',
      field: 'edtf',
    }
  const [, yearText = '', month, day, qualifier] = m
  const first = Number(yearText.replaceAll('X', '0'))
  const last = Number(yearText.replaceAll('X', '9'))
  const years = last - first + 1
  const by = qualifier ? (table.widen[qualifier as '~'] ?? 1) : 0
  if (month === undefined || month === 'XX' || years > 1)
    return { from: utc(first - by * years, 1, 1), to: utc(last + by * years, 12, 31) }
  const number = Number(month)
  if (number > 12) {
    const days = table.seasons[hemisphere][month]
    if (!days)
      return {
        code: 'edtf-invalid',
        message: `“${text}” names a season that the table lacks.`,
        hint: 'Seasons are 21 (spring) to 24 (winter).',
        field: 'edtf',
      }
    // The table's 02-29 is the last day of February in any year.
    const at = (yearOf: number, monthDay: string): Date => {
      const [month, day] = [Number(monthDay.slice(0, 2)), Number(monthDay.slice(3))]
      return utc(yearOf, month, Math.min(day, lastOf(yearOf, month).getUTCDate()))
    }
    const endYear = days.to < days.from ? first + 1 : first
    const from = at(first, days.from)
    const to = at(endYear, days.to)
    const shift = by * 3
    return {
      from: utc(from.getUTCFullYear(), from.getUTCMonth() + 1 - shift, from.getUTCDate()),
      to: shift === 0 ? to : lastOf(to.getUTCFullYear(), to.getUTCMonth() + 1 + shift),
    }
  }
  if (day === undefined || day === 'XX') return { from: utc(first, number - by, 1), to: lastOf(first, number + by) }
  const date = utc(first, number, Number(day))
  if (lexical(date) !== `${yearText}-${month}-${day}`)
    return {
      code: 'date-impossible',
      message: `${yearText}-${month}-${day} is no day of the calendar.`,
      hint: 'Correct the day or the month.',
      field: 'edtf',
    }
  return { from: utc(first, number, Number(day) - by), to: utc(first, number, Number(day) + by) }
}

const isFault = (x: Parsed): x is TimeFault => typeof x === 'object' && 'code' in x

/**
 * The bounds of an EDTF string: a date begins and ends somewhere inside its own unit; an interval begins inside its
 * first and ends inside its second date; an open or unknown end has no bound; `~` and `?` widen by one unit.
 * `earliest` and `latest` (xsd:date) replace the outer bounds.
 */
export function boundsOf(
  time: { edtf?: string; earliest?: string; latest?: string; hemisphere: 'north' | 'south' },
  table: TimeTable,
): Bounds | TimeFault {
  const bounds: Bounds = {}
  if (time.edtf !== undefined) {
    try {
      parse(time.edtf, { level: 1, seasonUncertainty: true })
    } catch {
      return {
        code: 'edtf-invalid',
        message: `“${time.edtf}” is not a time in EDTF, level 0 or 1.`,
        hint: 'Write 2018, 2021-10, 2021-11-08, 2021-08/2021-11, 2021-10~, 200X or 2021-22 (summer).',
        field: 'edtf',
      }
    }
    const sides = time.edtf.split('/').map((text) => side(text, time.hemisphere, table))
    const fault = sides.find(isFault)
    if (fault) return fault
    const [begin, end] = [sides[0] as Side | 'open', (sides.length > 1 ? sides[1] : sides[0]) as Side | 'open']
    if (begin !== 'open') {
      bounds.earliestBegin = lexical(begin.from)
      bounds.latestBegin = lexical(begin.to)
    }
    if (end !== 'open') {
      bounds.earliestEnd = lexical(end.from)
      bounds.latestEnd = lexical(end.to)
    }
    if (begin !== 'open' && end !== 'open' && begin.from > end.to)
      return {
        code: 'time-order',
        message: `“${time.edtf}” ends before it begins.`,
        hint: 'Write the earlier date first.',
        field: 'edtf',
      }
  }
  for (const [name, day] of [
    ['earliest', time.earliest],
    ['latest', time.latest],
  ] as const)
    if (day !== undefined && !isDay(day))
      return {
        code: 'date-impossible',
        message: `${day} is no day of the calendar.`,
        hint: 'Correct the day or the month.',
        field: name,
      }
  if (time.earliest !== undefined) bounds.earliestBegin = time.earliest
  if (time.latest !== undefined) bounds.latestEnd = time.latest
  const { earliestBegin: a, latestBegin: b, earliestEnd: c, latestEnd: d } = bounds
  const after = (x?: string, y?: string): boolean => x !== undefined && y !== undefined && dayOf(x) > dayOf(y)
  if (after(a, b) || after(c, d) || after(a, d))
    return {
      code: 'time-order',
      message:
        time.edtf === undefined
          ? `This time would end (${d}) before it begins (${a}).`
          : `earliest and latest do not fit “${time.edtf}”: it may begin from ${a ?? 'ever'} to ${b ?? 'ever'} and end from ${c ?? 'ever'} to ${d ?? 'ever'}.`,
      hint: time.edtf === undefined ? 'Check earliest and latest.' : 'Correct them, or the EDTF string.',
      field: time.earliest === undefined ? 'latest' : 'earliest',
    }
  // What has ended by a day has begun by it, and what begins from a day on does not end before.
  if (d !== undefined && after(b, d)) bounds.latestBegin = d
  if (a !== undefined && after(a, c)) bounds.earliestEnd = a
  return bounds
}
