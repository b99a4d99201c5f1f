import * as echarts from 'echarts'
import type { DayRow } from '../domain/ledger/months.ts'
import { shortRupiah, type PictureData } from '../domain/ledger/picture.ts'
import { formatRupiah, formatShortDate, type Language } from '../lib/format.ts'
import { box, COLOURS, FONT, pngOf, svgOf, text, WIDTH } from './draw.ts'

const MARGIN = 14
const CHART_TOP = 118
const CHART_HEIGHT = 214
const BAR_HEIGHT = 34
/** From here a full amount is wider than its tile. */
const TOO_LONG = 100_000_000
/** Letters that fit in large print. */
const LONG = 11

const WORDS = {
  id: { title: 'Kas usaha', in: 'Masuk', out: 'Keluar', left: 'Sisa usaha', top: 'Keluar terbanyak', none: 'Belum ada catatan.', nothingOut: 'Tidak ada uang keluar.', foot: 'Hitungan kas, dicatat sendiri · OK OCE' },
  en: { title: 'Business cash', in: 'In', out: 'Out', left: 'Surplus', top: 'Most spent on', none: 'Nothing recorded yet.', nothingOut: 'No money went out.', foot: 'Cash count, recorded by the owner · OK OCE' },
} // prettier-ignore

/** The picture of a week or month as a PNG, made to be read on a small phone. */
export function chartPicture(data: PictureData, language: Language): Uint8Array {
  const words = WORDS[language]
  const topY = CHART_TOP + CHART_HEIGHT + 26
  const height = topY + Math.max(1, data.top.length) * BAR_HEIGHT + 34
  const parts = [
    text({ x: MARGIN, y: 30 }, words.title, { size: 19, bold: true, fill: COLOURS.left }),
    text({ x: WIDTH - MARGIN, y: 30 }, data.title, { size: 13, fill: COLOURS.quiet, anchor: 'end' }),
    ...tiles(data, language),
    nested(dayChart(data, language)),
    text({ x: MARGIN, y: topY }, words.top, { size: 13, bold: true }),
    ...topBars(data, language, topY),
    text({ x: WIDTH / 2, y: height - 10 }, words.foot, { size: 10, fill: COLOURS.quiet, anchor: 'middle' }),
  ]
  return pngOf(svgOf(height, parts))
}

function tiles(data: PictureData, language: Language): string[] {
  const gap = 8
  const width = (WIDTH - 2 * MARGIN - 2 * gap) / 3
  return (['in', 'out', 'left'] as const).flatMap((each, at) => {
    const x = MARGIN + at * (width + gap)
    const amount = data[each]
    const short = Math.abs(amount) >= TOO_LONG
    const sign = amount < 0 ? '-' : ''
    const shown = short
      ? `${sign}Rp${shortRupiah(Math.abs(amount), language)}`
      : formatRupiah(amount, language)
    return [
      box({ x, y: 46, width, height: 54 }, COLOURS.pale, 8),
      text({ x: x + 8, y: 66 }, WORDS[language][each], { size: 12, fill: COLOURS.quiet }),
      text({ x: x + 8, y: 88 }, shown, {
        size: shown.length > LONG ? 12 : 14,
        bold: true,
        fill: COLOURS[each],
      }),
    ]
  })
}

/** The chart's own <svg> is placed under the tiles. */
const nested = (svg: string): string => svg.replace('<svg ', `<svg x="0" y="${CHART_TOP}" `)

/** Money in upwards, money out downwards: to be told apart without colours too. */
function dayChart({ days }: PictureData, language: Language): string {
  const words = WORDS[language]
  const chart = echarts.init(null, null, {
    ...{ renderer: 'svg', ssr: true, width: WIDTH, height: CHART_HEIGHT },
  })
  const round = { barMaxWidth: 26, stack: 'day', type: 'bar' } as const
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: FONT, fontSize: 12, color: COLOURS.text },
    grid: { left: 50, right: MARGIN, top: 30, bottom: 24 },
    legend: {
      top: 0,
      left: MARGIN,
      itemWidth: 14,
      itemHeight: 10,
      textStyle: { fontFamily: FONT, fontSize: 12 },
    },
    xAxis: {
      ...{ type: 'category', data: days.map(({ date }) => dayLabel(date, days.length, language)) },
      axisTick: { show: false },
      axisLine: { onZero: true, lineStyle: { color: COLOURS.quiet } },
      axisLabel: { onZero: false, fontSize: 12, interval: days.length > 10 ? everyFifth : 0 },
    },
    yAxis: {
      ...{
        type: 'value',
        splitNumber: 4,
        minInterval: 1000,
        splitLine: { lineStyle: { color: COLOURS.line } },
      },
      axisLabel: { fontSize: 11, formatter: (value: number) => shortRupiah(Math.abs(value), language) },
    },
    series: [
      { ...round, name: words.in, data: days.map(day => day.in), color: COLOURS.in },
      { ...round, name: words.out, data: days.map(day => -day.out), color: COLOURS.out },
      {
        ...{ type: 'line', name: words.left, data: days.map(leftOf), color: COLOURS.left },
        ...{ symbol: 'circle', symbolSize: days.length > 10 ? 4 : 7, lineStyle: { width: 2 } },
      },
    ],
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

/** A day without a record has no point: nothing is known of it, which is not the same as nothing left. */
const leftOf = (day: DayRow): number | null => (day.in === 0 && day.out === 0 ? null : day.left)

const everyFifth = (at: number): boolean => at === 0 || (at + 1) % 5 === 0

const dayLabel = (date: string, count: number, language: Language): string => {
  const day = String(Number(date.slice(-2)))
  if (count > 10) return day
  return `${formatShortDate(date, language).slice(0, 3)} ${day}`
}

function topBars(data: PictureData, language: Language, y: number): string[] {
  const { top } = data
  const words = WORDS[language]
  const none = data.in === 0 ? words.none : words.nothingOut
  if (top.length === 0) return [text({ x: MARGIN, y: y + 24 }, none, { size: 12, fill: COLOURS.quiet })]
  const most = top[0]?.amount ?? 1
  const full = WIDTH - 2 * MARGIN
  return top.flatMap(({ label, amount }, at) => {
    const line = y + 22 + at * BAR_HEIGHT
    return [
      text({ x: MARGIN, y: line }, label, { size: 12 }),
      text({ x: WIDTH - MARGIN, y: line }, formatRupiah(amount, language), {
        size: 12,
        bold: true,
        anchor: 'end',
      }),
      box({ x: MARGIN, y: line + 5, width: full, height: 6 }, COLOURS.pale, 3),
      box({ x: MARGIN, y: line + 5, width: Math.max(3, (full * amount) / most), height: 6 }, COLOURS.out, 3),
    ]
  })
}
