/** What differs between two versions of a form, in the order in which a reader meets it in the newer one. */
import type { Check, Criterion, Form, ReasonCode } from './form.ts';
import type { LocalText } from './text.ts';

export interface FormChange {
  readonly what: 'form' | 'criterion' | 'check' | 'reason';
  readonly how: 'added' | 'gone' | 'retired' | 'brought-back' | 'reworded' | 'moved' | 'reweighted' | 'asked-otherwise';
  /** Where it stands: ids of criterion, check and reason, as far as they go. */
  readonly at: readonly string[];
  /** Its words in the older and the newer version; null where it is not there. */
  readonly before: LocalText | null;
  readonly after: LocalText | null;
  /** Weight, or of whom it is asked and whether it may not apply; null where this is not what changed. */
  readonly values: { readonly before: string; readonly after: string } | null;
}

export function compareForms(before: Form, after: Form): FormChange[] {
  return [
    ...reworded('form', [], before.title, after.title),
    ...list('criterion', [], before.criteria, after.criteria, (old, now, at) => [
      ...reworded('criterion', at, old.title, now.title),
      ...valued('criterion', 'reweighted', at, now.title, String(old.weight), String(now.weight)),
      ...checks(old, now, at),
    ]),
  ];
}

function checks(old: Criterion, now: Criterion, at: readonly string[]): FormChange[] {
  return list('check', at, old.checks, now.checks, (was, is, place) => [
    ...retirement('check', place, was, is),
    ...reworded('check', place, was.text, is.text),
    ...valued('check', 'asked-otherwise', place, is.text, asked(was), asked(is)),
    ...list('reason', place, was.reasons.map(named), is.reasons.map(named), (one, other, where) => [
      ...retirement('reason', where, one, other),
      ...reworded('reason', where, one.text, other.text),
    ]),
  ]);
}

const asked = ({ askedOf, mayNotApply }: Check): string => (mayNotApply ? `${askedOf}, may-not-apply` : askedOf);
const named = (reason: ReasonCode) => ({ ...reason, id: reason.code });
type Item = { readonly id: string; readonly title?: LocalText; readonly text?: LocalText };
const words = ({ title, text }: Item): LocalText | null => title ?? text ?? null;

/** What came, what went, what stands in another order, and what changed within those that stayed. */
function list<T extends Item>(
  what: FormChange['what'],
  at: readonly string[],
  before: readonly T[],
  after: readonly T[],
  within: (old: T, now: T, at: readonly string[]) => FormChange[],
): FormChange[] {
  const oldById = new Map(before.map((item) => [item.id, item]));
  const staying = after.filter(({ id }) => oldById.has(id)).map(({ id }) => id);
  const orderBefore = before.map(({ id }) => id).filter((id) => staying.includes(id));
  const changes = after.flatMap((now): FormChange[] => {
    const place = [...at, now.id];
    const old = oldById.get(now.id);
    if (old === undefined) return [{ what, how: 'added', at: place, before: null, after: words(now), values: null }];
    const wasAt = orderBefore.indexOf(now.id) + 1;
    const isAt = staying.indexOf(now.id) + 1;
    const moved: FormChange[] =
      wasAt === isAt
        ? []
        : [
            {
              what,
              how: 'moved',
              at: place,
              before: words(old),
              after: words(now),
              values: { before: String(wasAt), after: String(isAt) },
            },
          ];
    return [...moved, ...within(old, now, place)];
  });
  const gone = before
    .filter(({ id }) => !staying.includes(id))
    .map(
      (old): FormChange => ({ what, how: 'gone', at: [...at, old.id], before: words(old), after: null, values: null }),
    );
  return [...changes, ...gone];
}

function reworded(what: FormChange['what'], at: readonly string[], before: LocalText, after: LocalText): FormChange[] {
  if (before.en === after.en && before.zh === after.zh) return [];
  return [{ what, how: 'reworded', at, before, after, values: null }];
}

function valued(
  what: FormChange['what'],
  how: FormChange['how'],
  at: readonly string[],
  text: LocalText,
  before: string,
  after: string,
): FormChange[] {
  return before === after ? [] : [{ what, how, at, before: text, after: text, values: { before, after } }];
}

function retirement(
  what: FormChange['what'],
  at: readonly string[],
  before: { text: LocalText; retired: boolean },
  after: { text: LocalText; retired: boolean },
): FormChange[] {
  if (before.retired === after.retired) return [];
  const how = after.retired ? 'retired' : 'brought-back';
  return [{ what, how, at, before: before.text, after: after.text, values: null }];
}
