import type { ScriptVersion } from '../../contract/scripts.ts';
import type { Tone } from '../shared/page.tsx';

export const scriptTones: Record<ScriptVersion['state'], Tone> = {
  draft: 'plain',
  submitted: 'warn',
  approved: 'ok',
  withdrawn: 'plain',
};
