import type { Deliveries, Used } from '../domain/workbooks.ts'
import type { Tx } from './client.ts'

export const deliveriesFor = (tx: Tx): Deliveries => ({
  async add(residentId, { workbook, version }, at) {
    const data = { residentId, workbook, version, sentAt: new Date(at) }
    const { id } = await tx.workbookDelivery.create({ data, select: { id: true } })
    return Number(id)
  },
  async of(residentId) {
    const rows = await tx.workbookDelivery.findMany({ where: { residentId }, orderBy: { id: 'asc' } })
    return rows.map(({ id, workbook, version, sentAt, used, answeredAt }) => ({
      ...{ id: Number(id), workbook, version, used: used as Used | null },
      ...{ sentAt: sentAt.getTime(), answeredAt: answeredAt?.getTime() ?? null },
    }))
  },
  async answer(residentId, id, used, at) {
    const where = { id: BigInt(id), residentId }
    const { count } = await tx.workbookDelivery.updateMany({
      where,
      data: { used, answeredAt: new Date(at) },
    })
    return count > 0
  },
})
