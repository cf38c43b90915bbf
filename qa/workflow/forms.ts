/**
 * Forms by versions: drafted, looked at, published. What is published stays for ever, and every inspection keeps the version of
 * the moment at which it was made: what a queue promises does not change under who judges it, a draw says all that was decided
 * when it was drawn, and all who judge one recording answer the same questions.
 */
import { QualityError } from '../errors.ts';
import type { FormStore, FormVersion, FormVersionHead } from '../ports/form-store.ts';
import type { Clock } from '../ports/surroundings.ts';
import type { Viewer } from '../ports/viewer.ts';
import { wireForm } from '../rules/answers-on-the-wire.ts';
import type { Form, FormId } from '../rules/form.ts';
import { compareForms } from '../rules/form-changes.ts';
import { publishFaults, rewordedReasons } from '../rules/form-version.ts';
import { BUILT_IN_FORMS } from '../rules/forms/index.ts';

/** What an author writes; the rest of a form (what is heard, its number) is not theirs to say. */
export type FormDraft = Pick<Form, 'title' | 'criteria'>;
type Names = (ids: Iterable<string | null>) => Promise<(id: string | null) => { id: string; name: string } | null>;
type Deps = { store: FormStore; names: Names; clock: Clock };

const KINDS: readonly FormId[] = BUILT_IN_FORMS.map(({ id }) => id);

export function createForms({ store, names, clock }: Deps) {
  const known = (id: string): FormId => {
    const kind = KINDS.find((each) => each === id);
    if (kind === undefined) throw unknown();
    return kind;
  };
  async function newest(id: FormId): Promise<Form> {
    const { formVersion } = await store.newest(id);
    return publishedForm(await store.published(id, formVersion));
  }
  async function wireHeads(heads: readonly FormVersionHead[]) {
    const name = await names(heads.flatMap(({ draftedBy, publishedBy }) => [draftedBy, publishedBy]));
    return heads.map((head) => ({
      ...head,
      draftedBy: name(head.draftedBy)?.name ?? null,
      publishedBy: name(head.publishedBy)?.name ?? null,
    }));
  }
  async function draftOf(id: FormId): Promise<FormVersion> {
    const draft = await store.draft(id);
    if (draft === null) throw new QualityError('form-draft-unknown', 'There is no draft of this form.');
    return draft;
  }
  /** Whoever saw another state of the draft is told, instead of overwriting what somebody else wrote. */
  function only(happened: boolean): void {
    if (!happened) throw new QualityError('form-draft-changed', 'Somebody else has changed the draft meanwhile.');
  }

  async function show(found: FormVersion) {
    const { formId, version, form } = found;
    const [head] = await wireHeads([found]);
    if (head === undefined) throw unknown();
    const before = await store.published(formId, version - 1);
    const draft = found.state === 'draft';
    return {
      ...headWire(head),
      title: form.title,
      heard: form.heard,
      criteria: form.criteria.map((criterion) => ({ ...criterion, checks: criterion.checks.map(openCheck) })),
      shown: { sale: wireForm(form, 'sale'), 'no-sale': wireForm(form, 'no-sale') },
      reworded: before === null ? [] : rewordedReasons(form, before),
      sameMeaning: found.sameMeaning,
      // Said to mean the same is asked when it is published; what else is in its way can be mended now.
      faults: draft
        ? publishFaults(form, before, rewordedCodes(form, before)).map(({ fault, field }) => ({ code: fault, field }))
        : [],
    };
  }

  return {
    newest: async () => (await Promise.all(KINDS.map(newest))).map((form) => wireForm(form)),
    version: async (id: string, version: number) => wireForm(publishedForm(await store.published(known(id), version))),
    async versions(id: string | null) {
      const heads = await store.heads(id === null ? undefined : known(id));
      return (await wireHeads(heads)).map(headWire);
    },
    async read(id: string, version: number) {
      const found = await store.version(known(id), version);
      if (found === null) throw unknown();
      return show(found);
    },
    /** What differs between any two versions, in the words of both. */
    async changes(id: string, from: number, to: number) {
      const [before, after] = [await store.version(known(id), from), await store.version(known(id), to)];
      if (before === null || after === null) throw unknown();
      return compareForms(before.form, after.form).map((change) => ({ ...change, at: [...change.at] }));
    },
    /** A draft begins as a copy of what is in force. */
    async begin(viewer: Viewer, id: string) {
      const form = await newest(known(id));
      const begun = await store.begin({ ...form, version: form.version + 1 }, viewer.userId, clock.now());
      if (!begun) throw new QualityError('form-draft-exists', 'There is a draft of this form already.');
      return show(await draftOf(form.id));
    },
    async save(viewer: Viewer, id: string, sent: { revision: number; note: string; body: FormDraft }) {
      const { form } = await draftOf(known(id));
      const { title, criteria } = sent.body;
      const written = { ...form, title, criteria };
      only(await store.save(written, sent.note, sent.revision, viewer.userId, clock.now()));
      return show(await draftOf(form.id));
    },
    async discard(_viewer: Viewer, id: string, revision: number) {
      const { formId } = await draftOf(known(id));
      only(await store.discard(formId, revision));
    },
    /** @throws QualityError form-invalid, with every fault */
    async publish(viewer: Viewer, id: string, sent: { revision: number; sameMeaning: string[] }) {
      const draft = await draftOf(known(id));
      if (draft.revision !== sent.revision) only(false);
      const before = await store.published(draft.formId, draft.version - 1);
      const faults = publishFaults(draft.form, before, sent.sameMeaning);
      if (faults.length > 0)
        throw new QualityError('form-invalid', 'The form cannot be published like this.', {
          faults: faults.map(({ fault, field }) => ({ code: fault, field })),
        });
      const confirmed = rewordedCodes(draft.form, before);
      only(await store.publish(draft.formId, sent.revision, confirmed, viewer.userId, clock.now()));
      return this.read(draft.formId, draft.version);
    },
  };
}

const rewordedCodes = (form: Form, before: Form | null): string[] =>
  before === null ? [] : rewordedReasons(form, before).map(({ code }) => code);

type Named = Omit<FormVersionHead, 'draftedBy' | 'publishedBy'> & {
  draftedBy: string | null;
  publishedBy: string | null;
};
function headWire({ formId, version, state, note, revision, draftedBy, draftedAt, publishedBy, publishedAt }: Named) {
  return { formId, version, state, note, revision, draftedBy, draftedAt, publishedBy, publishedAt };
}

const openCheck = (check: Form['criteria'][number]['checks'][number]) => ({ ...check, reasons: [...check.reasons] });

export function publishedForm(form: Form | null): Form {
  if (form === null) throw unknown();
  return form;
}

function unknown(): QualityError {
  return new QualityError('form-unknown', 'There is no such form, or no such version of it.');
}
