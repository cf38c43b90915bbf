/** Where forms live, version by version. A published version is never changed by anybody. */
import type { Form, FormId } from '../rules/form.ts';

/** A version without its content. */
export type FormVersionHead = {
  formId: FormId;
  version: number;
  state: 'draft' | 'published';
  /** Why there is this version, in its author's words. */
  note: string;
  /** How often a draft was saved: who saves or publishes says which saving they have seen. */
  revision: number;
  draftedBy: string | null;
  draftedAt: number;
  publishedBy: string | null;
  publishedAt: number | null;
};
export type FormVersion = FormVersionHead & { form: Form; sameMeaning: string[] };

/** What an inspection is stamped with when it is made. */
export type FormStamp = { formId: FormId; formVersion: number };

/** What judging needs. Read on the connection of whoever asks, so that a unit of work needs no second one. */
export type FormReads = {
  /** The newest published version: what a new inspection is made with. */
  newest(id: FormId): Promise<FormStamp>;
  /** A published version, for ever the same; null: there is none. */
  published(id: FormId, version: number): Promise<Form | null>;
};

export type FormStore = FormReads & {
  /** Of all forms or of one, the newest first. */
  heads(id?: FormId): Promise<FormVersionHead[]>;
  version(id: FormId, version: number): Promise<FormVersion | null>;
  draft(id: FormId): Promise<FormVersion | null>;
  /** False: there is a draft of this form, or this version, already. */
  begin(form: Form, by: string, now: number): Promise<boolean>;
  /** False: there is no draft at this revision. */
  save(form: Form, note: string, revision: number, by: string, now: number): Promise<boolean>;
  discard(id: FormId, revision: number): Promise<boolean>;
  publish(id: FormId, revision: number, sameMeaning: readonly string[], by: string, now: number): Promise<boolean>;
};
