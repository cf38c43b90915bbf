/**
 * Who may do what. The table says which role has which right; what a person may see of it (own customers, own team, own
 * campaigns) is narrowed where the data is read, by `scope.ts` here and by the viewer that the quality side is given.
 */
import { type Right, rights } from '../contract/rights.ts';
import type { Role } from '../contract/common.ts';

const inspector: readonly Right[] = [
  'own-work.read',
  'organisation.read',
  'campaign.read',
  'script.read',
  'recording.listen',
  'inspection.judge',
  'register.read',
  'draw.read',
  'patrol.write',
  'call.listen',
  'call.take-over',
  'sale.read',
  'case.read',
  'case.file',
];
const supervisor: readonly Right[] = [
  ...inspector,
  'register.export',
  'wallboard.read',
  'call.read',
  'recording.list',
  'inspection.assign',
  'inspection.decide',
  'form.write',
  'level.lift',
  'case.work',
  'scorecard.read',
  'summary.read',
  'export',
  'blacklist.read',
];
const manager: readonly Right[] = [
  'own-work.read',
  'organisation.read',
  'wallboard.read',
  'campaign.read',
  'campaign.manage',
  'questionnaire.write',
  'list.import',
  'contact.read',
  'segment.read',
  'segment.write',
  'call.read',
  'call.listen',
  'call.take-over',
  'recording.list',
  'recording.listen',
  'inspection.assign',
  'register.read',
  'register.export',
  'draw.read',
  'offer.decide',
  'sale.read',
  'sale.manage',
  'task.manage',
  'case.read',
  'case.work',
  'case.file',
  'scorecard.read',
  'scorecard.weigh',
  'summary.read',
  'summary.publish',
  'export',
  'billing.read',
  'blacklist.read',
  'blacklist.add',
  'blacklist.remove',
  'script.read',
  'script.write',
  'what-if.run',
  'audit.read',
];

export const rightsOfRole: Readonly<Record<Role, readonly Right[]>> = {
  agent: ['desk.use', 'own-work.read', 'recording.listen', 'script.read', 'case.file'],
  lead: [
    'own-work.read',
    'organisation.read',
    'wallboard.read',
    'campaign.read',
    'questionnaire.write',
    'list.import',
    'contact.read',
    'segment.read',
    'contact.allocate',
    'call.read',
    'call.listen',
    'call.take-over',
    'recording.list',
    'recording.listen',
    'register.read',
    'offer.decide',
    'sale.read',
    'task.manage',
    'case.read',
    'case.work',
    'case.file',
    'scorecard.read',
    'blacklist.read',
    'blacklist.add',
    'script.read',
    'what-if.run',
  ],
  inspector,
  supervisor,
  manager,
  client: [
    'campaign.read',
    'script.read',
    'script.approve',
    'summary.read',
    'export',
    'billing.read',
    'recording.list',
    'recording.listen',
    'sale.read',
    'case.read',
    'case.file',
    'draw.read',
  ],
  administrator: [
    'organisation.read',
    'organisation.manage',
    'user.manage',
    'form.write',
    'campaign.read',
    'script.read',
    'blacklist.read',
    'audit.read',
  ],
  'speech-engine': ['transcript.deliver'],
};

const sets = new Map(Object.entries(rightsOfRole).map(([role, list]) => [role, new Set<Right>(list)]));

export function hasRight(role: Role, right: Right): boolean {
  return sets.get(role)?.has(right) ?? false;
}

/** What is anybody's who has signed in is a person's: a machine's account may begin and end its session, and no more. */
export function mayUse(role: Role, right: Right | 'signed-in', key: string): boolean {
  if (right !== 'signed-in') return hasRight(role, right);
  return role !== 'speech-engine' || key.endsWith(' /api/session');
}

/** Rights that nobody has would be dead routes; the tests ask for none. */
export function unusedRights(): Right[] {
  return rights.filter((right) => ![...sets.values()].some((set) => set.has(right)));
}
