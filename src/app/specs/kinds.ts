/** What a call does to the world; each entry of a spec is spread with one of these. */

export const question = { writes: false, contended: false } as const
export const action = { writes: true, contended: false } as const
/** Takes a lock (a centre, a slot): runs in a short transaction of its own. */
export const contendedAction = { writes: true, contended: true } as const
