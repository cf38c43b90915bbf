import type { Prisma } from '../../../prisma/generated/client.ts';

/** The client or a transaction of it. */
export type Sql = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>;
