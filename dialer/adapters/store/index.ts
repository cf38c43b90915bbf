import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { DialerParts } from '../../engine/parts.ts';
import { createCampaigns } from './campaigns.ts';
import { createFloor } from './floor.ts';
import { createLease } from './lease.ts';
import { createPacingStore } from './pacing.ts';
import { createReading } from './reading.ts';
import { createRecordings } from './recordings.ts';
import { createTaskContacts } from './task-contacts.ts';

type Stores = Pick<DialerParts, 'floor' | 'campaigns' | 'recordings' | 'pacing' | 'reading' | 'taskContacts' | 'lease'>;

/** The engine's stores on one database. */
export const createStores = (prisma: PrismaClient): Stores => ({
  floor: createFloor(prisma),
  campaigns: createCampaigns(prisma),
  recordings: createRecordings(prisma),
  pacing: createPacingStore(prisma),
  reading: createReading(prisma),
  taskContacts: createTaskContacts(prisma),
  lease: createLease(prisma),
});
