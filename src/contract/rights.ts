/** What a person may do, as named actions. `src/http/rights.ts` says which role has which; the session tells the page its own. */
import { z } from 'zod';

export const rights = [
  'desk.use', // take calls
  'own-work.read', // own calls, own card, own inspections, disputes
  'wallboard.read',
  'campaign.read',
  'campaign.manage', // create, start, pause, finish, change pace
  'questionnaire.write', // what a campaign's calls ask
  'list.import',
  'contact.read',
  'segment.read', // rules that sort customers into types, and how many are of each
  'segment.write', // change them, sort, hand customers to campaigns
  'contact.allocate', // which agent calls whom
  'call.read', // calls with journal, below the figures
  'recording.list',
  'recording.listen',
  'inspection.judge',
  'inspection.assign',
  'inspection.decide', // disputes
  'register.read',
  'register.export',
  'draw.read',
  'level.lift', // give a suspended agent back to selling
  'form.write', // draft and publish what recordings are judged by
  'patrol.write',
  'call.listen', // live: listen, whisper to the agent, speak with both
  'call.take-over',
  'offer.decide', // exceptions to offers
  'sale.read',
  'sale.manage',
  'task.manage', // corrective, verification and confirmation calls
  'case.read',
  'case.work',
  'case.file', // record a complaint or a remark
  'scorecard.read',
  'scorecard.weigh',
  'summary.read',
  'summary.publish',
  'export', // spreadsheets and files
  'billing.read', // what the client's billing system is told: it says of each sale what was found
  'blacklist.read',
  'blacklist.add',
  'blacklist.remove',
  'script.read',
  'script.write',
  'script.approve',
  'what-if.run',
  'organisation.read',
  'organisation.manage', // centres, teams, clients, products, calendars
  'user.manage',
  'audit.read',
  'transcript.deliver', // a speech engine: hear what is to be judged, and say what was said
] as const;
export const right = z.enum(rights);
export type Right = z.infer<typeof right>;
