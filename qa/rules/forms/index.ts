import type { Form } from '../form.ts';
import { conduct } from './conduct.ts';
import { correctiveCall } from './corrective-call.ts';
import { floorPatrol } from './floor-patrol.ts';
import { secondConfirmation } from './second-confirmation.ts';
import { validMarketing } from './valid-marketing.ts';

/**
 * The forms that come with the product: version 1 of each kind, in the order in which they are shown. They stand in the database
 * like all later versions, which is where judging reads them.
 */
export const BUILT_IN_FORMS: readonly Form[] = [
  validMarketing,
  correctiveCall,
  secondConfirmation,
  conduct,
  floorPatrol,
];
