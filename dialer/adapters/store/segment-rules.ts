/** Segment rules in PostgreSQL: every version stays, the newest is in force. */
import { Prisma, type PrismaClient, type SegmentRulesVersion } from '../../../prisma/generated/client.ts';
import type { SegmentRulesStore, SegmentVersion } from '../../ports/segments.ts';
import { segmentRules } from '../../rules/segments/settings.ts';

const versionOf = ({ version, rules, changedAt, changedBy }: SegmentRulesVersion): SegmentVersion => ({
  ...{ version, changedBy, rules: segmentRules.parse(rules) },
  changedAt: changedAt?.getTime() ?? null,
});

export function segmentRulesStore(prisma: PrismaClient): SegmentRulesStore {
  return {
    async timeZone(centreId) {
      return (await prisma.centre.findUnique({ where: { id: centreId } }))?.timeZone ?? null;
    },
    async load(centreId) {
      const row = await prisma.segmentRulesVersion.findFirst({ where: { centreId }, orderBy: { version: 'desc' } });
      return row === null ? null : versionOf(row);
    },
    async loadAt(centreId, before) {
      const row = await prisma.segmentRulesVersion.findFirst({
        where: { centreId, OR: [{ changedAt: null }, { changedAt: { lt: new Date(before) } }] },
        orderBy: { version: 'desc' },
      });
      return row === null ? null : versionOf(row);
    },
    async versions(centreId) {
      const rows = await prisma.segmentRulesVersion.findMany({ where: { centreId }, orderBy: { version: 'desc' } });
      return rows.map(versionOf);
    },
    async change({ centreId, version, rules, first, by, now }) {
      try {
        return await prisma.$transaction(async (tx) => {
          // What a centre began with stays readable, whatever later houses begin with.
          await tx.segmentRulesVersion.createMany({
            data: [{ centreId, version: 0, rules: first }],
            skipDuplicates: true,
          });
          const newest = await tx.segmentRulesVersion.findFirst({ where: { centreId }, orderBy: { version: 'desc' } });
          if (newest?.version !== version) return false;
          const next = { version: version + 1, rules, changedAt: new Date(now), changedBy: by };
          await tx.segmentRulesVersion.create({ data: { centreId, ...next } });
          return true;
        });
      } catch (error) {
        // Another made this version at the same moment.
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return false;
        throw error;
      }
    },
  };
}
