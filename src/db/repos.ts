import type { Repos } from '../domain/ports.ts'
import { auditFor } from './audit.ts'
import { checkInsFor } from './checkIns.ts'
import type { Tx } from './client.ts'
import { bookingsFor } from './bookings.ts'
import { booksFor } from './books.ts'
import { centresFor } from './coaches.ts'
import { consentsFor } from './consents.ts'
import { erasureFor } from './erasure.ts'
import { filesFor } from './files.ts'
import { linksFor } from './linkCodes.ts'
import { requestsFor } from './privacy.ts'
import { remindersFor } from './reminders.ts'
import { residentsFor } from './residents.ts'
import { coachingFor } from './coaching.ts'
import { coachRecordsFor } from './coachRecords.ts'
import { deskFor } from './desk.ts'
import { staffFor } from './staff.ts'
import type { Sealer } from './seal.ts'
import { phonesFor } from './whatsapp/phones.ts'
import { ticketsFor } from './tickets.ts'
import { deliveriesFor } from './workbooks.ts'
import { waitingListFor } from './waitingList.ts'

/** What the domain needs of the database, bound to one open transaction. */
export const reposFor = (tx: Tx, sealer: Sealer): Repos => ({
  residents: residentsFor(tx, sealer),
  centres: centresFor(tx),
  consents: consentsFor(tx, sealer),
  requests: requestsFor(tx, sealer),
  tickets: ticketsFor(tx, sealer),
  audit: auditFor(tx, sealer),
  erasure: erasureFor(tx, sealer),
  files: filesFor(tx, sealer),
  phones: phonesFor(tx, sealer),
  reminders: remindersFor(tx, sealer),
  links: linksFor(tx, sealer),
  books: booksFor(tx, sealer),
  workbooks: deliveriesFor(tx),
  bookings: bookingsFor(tx, sealer),
  waitingList: waitingListFor(tx),
  checkIns: checkInsFor(tx, sealer),
  staff: staffFor(tx, sealer),
  desk: deskFor(tx, sealer),
  coachRecords: coachRecordsFor(tx, sealer),
  coaching: coachingFor(tx, sealer),
})
