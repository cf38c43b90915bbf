/**
 * Every page of the office (all roles but agents): its address, the right it needs, its place in the menu. What a
 * person may not open is neither in the menu nor drawn when the address is typed. Long because every page has its entry here.
 */
import type { ComponentType, LazyExoticComponent } from 'react';
import type { Role } from '../../contract/common.ts';
import type { Right } from '../../contract/rights.ts';
import type { shell } from '../i18n/shell/index.ts';
import { late } from '../shared/late.ts';

export type PageName = keyof (typeof shell)['en']['pages'];
export type PageGroup = keyof (typeof shell)['en']['groups'];

/** `id`: the part of the address after the page's name, as in /campaigns/<id>. */
export type PageProps = { id: string };

export type PageEntry = {
  name: PageName;
  path: string;
  right: Right;
  group: PageGroup;
  /** Shown to these roles only, for instance where clients have a page of their own. */
  roles?: readonly Role[];
  notFor?: readonly Role[];
  page: LazyExoticComponent<ComponentType<PageProps>>;
};

const client: readonly Role[] = ['client'];
const judges: readonly Role[] = ['inspector', 'supervisor'];

export const pages: readonly PageEntry[] = [
  {
    name: 'wallboard',
    path: '/wallboard',
    right: 'wallboard.read',
    group: 'dialling',
    notFor: client,
    page: late(() => import('../manager/wallboard/wallboard-page.tsx')),
  },
  {
    name: 'campaigns',
    path: '/campaigns',
    right: 'campaign.read',
    group: 'dialling',
    notFor: client,
    page: late(() => import('../manager/campaigns/campaigns-page.tsx')),
  },
  {
    name: 'campaigns',
    path: '/own-campaigns',
    right: 'campaign.read',
    group: 'results',
    roles: client,
    page: late(() => import('../client/own-campaigns-page.tsx')),
  },
  {
    name: 'customers',
    path: '/customers',
    right: 'contact.read',
    group: 'dialling',
    page: late(() => import('../manager/customers/customers-page.tsx')),
  },
  {
    name: 'segments',
    path: '/segments',
    right: 'segment.read',
    group: 'dialling',
    page: late(() => import('../manager/segments/segments-page.tsx')),
  },
  {
    name: 'blacklist',
    path: '/blacklist',
    right: 'blacklist.read',
    group: 'dialling',
    page: late(() => import('../manager/blacklist/blacklist-page.tsx')),
  },
  {
    name: 'whatIf',
    path: '/what-if',
    right: 'what-if.run',
    group: 'dialling',
    page: late(() => import('../manager/what-if/what-if-page.tsx')),
  },
  {
    name: 'calibration',
    path: '/calibration',
    right: 'wallboard.read',
    group: 'dialling',
    notFor: client,
    page: late(() => import('../manager/pacing/calibration-page.tsx')),
  },
  {
    name: 'queue',
    path: '/inspections',
    right: 'inspection.judge',
    group: 'quality',
    page: late(() => import('../inspector/queue/queue-page.tsx')),
  },
  {
    name: 'queue',
    path: '/inspections',
    right: 'inspection.assign',
    group: 'quality',
    roles: ['manager'],
    page: late(() => import('../inspector/queue/queue-page.tsx')),
  },
  {
    name: 'register',
    path: '/register',
    right: 'register.read',
    group: 'quality',
    notFor: client,
    page: late(() => import('../inspector/register/register-page.tsx')),
  },
  {
    name: 'causes',
    path: '/causes',
    right: 'register.read',
    group: 'quality',
    notFor: client,
    page: late(() => import('../inspector/causes/causes-page.tsx')),
  },
  {
    name: 'disputes',
    path: '/disputes',
    right: 'inspection.decide',
    group: 'quality',
    page: late(() => import('../inspector/disputes/disputes-page.tsx')),
  },
  {
    name: 'patrols',
    path: '/patrols',
    right: 'register.read',
    group: 'quality',
    notFor: client,
    page: late(() => import('../inspector/patrols/patrols-page.tsx')),
  },
  {
    name: 'agreement',
    path: '/agreement',
    right: 'register.read',
    group: 'quality',
    notFor: client,
    page: late(() => import('../inspector/agreement/agreement-page.tsx')),
  },
  {
    name: 'calibrations',
    path: '/calibrations',
    right: 'register.read',
    group: 'quality',
    roles: ['inspector', 'supervisor', 'manager'],
    page: late(() => import('../inspector/calibration/calibration-page.tsx')),
  },
  {
    name: 'levels',
    path: '/levels',
    right: 'register.read',
    group: 'quality',
    notFor: client,
    page: late(() => import('../manager/levels/levels-page.tsx')),
  },
  {
    name: 'draws',
    path: '/draws',
    right: 'draw.read',
    group: 'quality',
    page: late(() => import('../inspector/draws/draws-page.tsx')),
  },
  {
    name: 'phrases',
    path: '/phrases',
    right: 'inspection.assign',
    group: 'quality',
    page: late(() => import('../inspector/phrases/phrases-page.tsx')),
  },
  {
    name: 'recordings',
    path: '/recordings',
    right: 'recording.list',
    group: 'quality',
    notFor: client,
    page: late(() => import('../manager/recordings/recordings-page.tsx')),
  },
  {
    name: 'summaries',
    path: '/summaries',
    right: 'summary.read',
    group: 'results',
    page: late(() => import('../manager/summaries/summaries-page.tsx')),
  },
  {
    name: 'effect',
    path: '/effect',
    right: 'summary.read',
    group: 'results',
    page: late(() => import('../manager/effects/effects-page.tsx')),
  },
  {
    name: 'spotChecks',
    path: '/spot-checks',
    right: 'recording.listen',
    group: 'results',
    roles: client,
    page: late(() => import('../client/spot-checks-page.tsx')),
  },
  {
    name: 'scorecards',
    path: '/scorecards',
    right: 'scorecard.read',
    group: 'results',
    notFor: client,
    page: late(() => import('../manager/scorecards/scorecards-page.tsx')),
  },
  {
    name: 'sales',
    path: '/sales',
    right: 'sale.read',
    group: 'results',
    page: late(() => import('../manager/sales/sales-page.tsx')),
  },
  {
    name: 'taskCalls',
    path: '/task-calls',
    right: 'task.manage',
    group: 'results',
    page: late(() => import('../manager/sales/task-calls-page.tsx')),
  },
  {
    name: 'exceptions',
    path: '/offer-exceptions',
    right: 'offer.decide',
    group: 'results',
    page: late(() => import('../manager/exceptions/exceptions-page.tsx')),
  },
  {
    name: 'billing',
    path: '/billing',
    right: 'billing.read',
    group: 'results',
    page: late(() => import('../manager/billing/billing-page.tsx')),
  },
  {
    name: 'cases',
    path: '/cases',
    right: 'case.read',
    group: 'results',
    page: late(() => import('../manager/cases/cases-page.tsx')),
  },
  {
    name: 'users',
    path: '/users',
    right: 'organisation.read',
    group: 'administration',
    notFor: judges,
    page: late(() => import('../admin/users-page.tsx')),
  },
  {
    name: 'scripts',
    path: '/scripts',
    right: 'script.read',
    group: 'administration',
    page: late(() => import('../admin/scripts-page.tsx')),
  },
  {
    name: 'products',
    path: '/products',
    right: 'organisation.read',
    group: 'administration',
    notFor: judges,
    page: late(() => import('../admin/products-page.tsx')),
  },
  {
    name: 'forms',
    path: '/forms',
    right: 'organisation.read',
    group: 'administration',
    page: late(() => import('../admin/forms-page.tsx')),
  },
  {
    name: 'organisation',
    path: '/organisation',
    right: 'organisation.manage',
    group: 'administration',
    page: late(() => import('../admin/organisation-page.tsx')),
  },
  {
    name: 'audit',
    path: '/audit',
    right: 'audit.read',
    group: 'administration',
    page: late(() => import('../admin/audit-page.tsx')),
  },
];

/** Where each role begins. */
export const homes: Record<Role, string> = {
  agent: '/desk',
  lead: '/wallboard',
  inspector: '/inspections',
  supervisor: '/inspections',
  manager: '/wallboard',
  client: '/summaries',
  administrator: '/users',
  // A machine needs no pages: it finds none here.
  'speech-engine': '/',
};
