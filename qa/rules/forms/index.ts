import type { Form, FormId } from '../form.ts';
import { conduct } from './conduct.ts';
import { correctiveCall } from './corrective-call.ts';
import { floorPatrol } from './floor-patrol.ts';
import { secondConfirmation } from './second-confirmation.ts';
import { validMarketing } from './valid-marketing.ts';

/** Every version of every form that was ever published here. Versions are added, never changed. */
export const PUBLISHED_FORMS: readonly Form[] = [
  validMarketing,
  correctiveCall,
  secondConfirmation,
  conduct,
  floorPatrol,
];

/** The form an inspection was made with; null if there never was such a version. */
export function formOf(id: FormId, version: number): Form | null {
  return PUBLISHED_FORMS.find((form) => form.id === id && form.version === version) ?? null;
}

/** The newest version of a form. */
export function latestForm(id: FormId, forms: readonly Form[] = PUBLISHED_FORMS): Form | null {
  const versions = forms.filter((form) => form.id === id);
  return versions.reduce<Form | null>(
    (newest, form) => (newest && newest.version > form.version ? newest : form),
    null,
  );
}
