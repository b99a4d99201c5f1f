import type { Db } from '../../db/client.ts'

/** Who works here, and whether they have a chat. What staff read is Indonesian. @returns what to print */
export async function listCli(db: Db): Promise<string> {
  const orderBy = [{ name: 'asc' as const }, { id: 'asc' as const }]
  const query = { where: { active: true }, orderBy, include: { centre: true } }
  const [coaches, operators, chats] = await db.$transaction([
    db.coach.findMany(query),
    db.operator.findMany(query),
    db.staffChat.findMany({ select: { staffId: true } }),
  ])
  const line = (
    title: string,
    { id, name, centre }: { id: string; name: string; centre: { name: string } | null },
  ) => {
    const heard = chats.some(each => each.staffId === id) ? '' : ' (belum punya chat)'
    return `  ${title} ${name}, ${centre?.name ?? 'semua center'}${heard}`
  }
  const all = [...coaches.map(each => line('Coach', each)), ...operators.map(each => line('Petugas', each))]
  return all.length === 0 ? 'Belum ada coach atau petugas.' : [`${all.length} orang:`, ...all].join('\n')
}
