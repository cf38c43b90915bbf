/** Every page of the product. Neighbours are of one role where they can be: who sits at the browser stays seated. */
import { agentVisits } from './visits/agent.ts';
import { inspectorVisits } from './visits/inspector.ts';
import { campaignsVisits } from './visits/campaigns.ts';
import { resultsVisits } from './visits/results.ts';
import { administrationVisits } from './visits/administration.ts';
import type { Visit } from './visits/visit.ts';

export type { Opening, Visit } from './visits/visit.ts';

export const visits: Visit[] = [
  { name: 'sign-in', role: null, path: '/', ready: 'form', phone: true },
  ...agentVisits,
  ...inspectorVisits,
  ...campaignsVisits,
  ...resultsVisits,
  ...administrationVisits,
  { name: 'forbidden', role: 'client', path: '/users', ready: '[role="alert"]' },
];
