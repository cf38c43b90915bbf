/**
 * From a draft to a published version. What is published never changes, so everything is looked at before: that the form holds
 * together (form.ts), that it still asks what the business turns on, and that old judgements keep their meaning under the new
 * version. A check and a reason are keys of figures for ever: they are retired, never deleted, moved or given another meaning.
 */
import {
  type Check,
  type Criterion,
  checkForm,
  checksAsked,
  criteriaJudged,
  FATAL_CRITERIA,
  type Form,
  type FormFault,
  judgesSales,
  type ReasonCode,
} from './form.ts';
import { compareForms } from './form-changes.ts';
import type { LocalText } from './text.ts';

/** The one reason that suspends an agent at once: consent that was never given. */
export const FABRICATED_CONSENT = 'consent-made-up';
const CONSENT = 'explicit-consent';

/** As the wire and the addresses of figures carry it: a check and a reason of it together stay below sixty characters. */
const CODE = /^[a-z0-9](?:[a-z0-9-]{0,27}[a-z0-9])?$/;

/**
 * Everything that forbids to publish `next` after the version before it, in the form's order. `sameMeaning`: the codes whose new
 * words the publisher has said to mean what the old ones did.
 */
export function publishFaults(next: Form, before: Form | null, sameMeaning: readonly string[]): FormFault[] {
  const faults = [...checkForm(next), ...codeFaults(next), ...businessFaults(next)];
  if (before === null) return faults;
  faults.push(...keyFaults(next, before));
  for (const { code, field } of rewordedReasons(next, before))
    if (!sameMeaning.includes(code)) faults.push({ fault: 'meaning-unconfirmed', field });
  if (faults.length === 0 && compareForms(before, next).length === 0)
    faults.push({ fault: 'nothing-changed', field: 'criteria' });
  return faults;
}

export type Reworded = { code: string; field: string; before: LocalText; after: LocalText };

/** Reasons whose words differ from those of the version before. Whether they still mean the same only a person can say. */
export function rewordedReasons(next: Form, before: Form): Reworded[] {
  const known = new Map(reasonsOf(before).map((each) => [each.key, each.reason]));
  return reasonsOf(next).flatMap(({ key, field, reason }) => {
    const old = known.get(key);
    if (old === undefined || (old.text.en === reason.text.en && old.text.zh === reason.text.zh)) return [];
    return [{ code: key, field, before: old.text, after: reason.text }];
  });
}

function codeFaults(form: Form): FormFault[] {
  const faults: FormFault[] = [];
  const wellFormed = (id: string, field: string) => {
    if (!CODE.test(id)) faults.push({ fault: 'bad-code', field });
  };
  const seen = new Set<string>();
  for (const { id, checks } of form.criteria) {
    wellFormed(id, `criteria.${id}`);
    for (const check of checks) {
      const field = `criteria.${id}.${check.id}`;
      wellFormed(check.id, field);
      // A reason is known by its check alone, so a check's id stands once on the whole form; within a criterion form.ts has looked.
      if (seen.has(check.id) && checks.filter((other) => other.id === check.id).length === 1)
        faults.push({ fault: 'id-twice', field });
      seen.add(check.id);
      for (const { code } of check.reasons) wellFormed(code, `${field}.reasons.${code}`);
    }
  }
  return faults;
}

function businessFaults(form: Form): FormFault[] {
  const judged = criteriaJudged(form);
  const faults: FormFault[] = [];
  if (!judgesSales(form.id)) {
    for (const { id, fatal } of judged) if (fatal) faults.push({ fault: 'must-not-be-fatal', field: `criteria.${id}` });
    const weights = judged.reduce((sum, { weight }) => sum + weight, 0);
    if (Math.abs(weights - 100) > 1e-6) faults.push({ fault: 'weights-not-hundred', field: 'criteria' });
    return faults;
  }
  const ids = judged.map(({ id }) => id);
  const first = form.id === 'valid-marketing' ? ids : ids.slice(0, FATAL_CRITERIA.length);
  if (first.join() !== FATAL_CRITERIA.join()) faults.push({ fault: 'not-the-four', field: 'criteria' });
  for (const criterion of judged) {
    const field = `criteria.${criterion.id}`;
    if (!criterion.fatal) faults.push({ fault: 'must-be-fatal', field });
    for (const outcome of ['sale', 'no-sale'] as const) {
      const asked = checksAsked(criterion, outcome);
      // With every check waved through as not applicable nobody would have judged the criterion.
      if (asked.length > 0 && asked.every(({ mayNotApply }) => mayNotApply))
        faults.push({ fault: 'may-not-apply-as-a-whole', field: `${field}.${outcome}` });
    }
  }
  return [...faults, ...fabricationFaults(form)];
}

/** Agents are suspended by this code: it must be there to be chosen, and mean nothing else anywhere. */
function fabricationFaults(form: Form): FormFault[] {
  const faults: FormFault[] = [];
  let offered = false;
  for (const { criterion, check, reason, field } of reasonsOf(form)) {
    if (reason.code !== FABRICATED_CONSENT) continue;
    if (criterion.id !== CONSENT) faults.push({ fault: 'made-up-consent-elsewhere', field });
    else if (!reason.retired && !check.retired && check.askedOf !== 'no-sale') offered = true;
  }
  if (!offered) faults.push({ fault: 'made-up-consent-not-offered', field: `criteria.${CONSENT}` });
  return faults;
}

/** Every key of the version before is still there, in its place. */
function keyFaults(next: Form, before: Form): FormFault[] {
  const faults: FormFault[] = [];
  for (const criterion of before.criteria) {
    const field = `criteria.${criterion.id}`;
    const now = next.criteria.find(({ id }) => id === criterion.id);
    if (now === undefined) {
      faults.push({ fault: 'key-gone', field });
      continue;
    }
    for (const check of criterion.checks) {
      const kept = now.checks.find(({ id }) => id === check.id);
      if (kept === undefined) {
        const moved = next.criteria.some(({ checks }) => checks.some(({ id }) => id === check.id));
        faults.push({ fault: moved ? 'key-moved' : 'key-gone', field: `${field}.${check.id}` });
        continue;
      }
      for (const { code } of check.reasons)
        if (!kept.reasons.some((reason) => reason.code === code))
          faults.push({ fault: 'key-gone', field: `${field}.${check.id}.reasons.${code}` });
    }
  }
  return faults;
}

type Placed = { criterion: Criterion; check: Check; reason: ReasonCode; key: string; field: string };

/** Every reason with its key as answers carry it (`check/reason`), the retired ones among them. */
function reasonsOf(form: Form): Placed[] {
  return form.criteria.flatMap((criterion) =>
    criterion.checks.flatMap((check) =>
      check.reasons.map((reason) => ({
        criterion,
        check,
        reason,
        key: `${check.id}/${reason.code}`,
        field: `criteria.${criterion.id}.${check.id}.reasons.${reason.code}`,
      })),
    ),
  );
}
