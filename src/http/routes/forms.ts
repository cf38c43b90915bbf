import type { formRoutes } from '../../contract/forms.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';

/** Forms are the same for all centres; who may write one is in the rights. Their content is in their versions, so the log keeps which. */
export function formHandlers({ quality: { forms }, audit }: Services): Handlers<keyof typeof formRoutes> {
  const note = (actorId: string, action: string, subjectId: string, detail: Record<string, string | number>) =>
    audit.record({ actorId, action, subjectType: 'form', subjectId, detail });

  return {
    'GET /api/forms': async () => ({ items: await forms.newest() }),
    'GET /api/forms/:id/:version': ({ params }) => forms.version(params.id, params.version),
    'GET /api/form-versions': async ({ query }) => ({ items: await forms.versions(query.form ?? null) }),
    'GET /api/form-versions/:id/:version': ({ params }) => forms.read(params.id, params.version),
    'GET /api/form-changes/:id': async ({ params, query }) => ({
      items: await forms.changes(params.id, query.from, query.to),
    }),

    'POST /api/form-drafts/:id': async ({ params, viewer }) => {
      const draft = await forms.begin(viewer, params.id);
      await note(viewer.userId, 'form-drafted', params.id, { version: draft.version });
      return draft;
    },
    'PUT /api/form-drafts/:id': async ({ params, body, viewer }) => {
      const draft = await forms.save(viewer, params.id, body);
      await note(viewer.userId, 'form-draft-saved', params.id, { version: draft.version, revision: draft.revision });
      return draft;
    },
    'DELETE /api/form-drafts/:id': async ({ params, query, viewer }) => {
      await forms.discard(viewer, params.id, query.revision);
      await note(viewer.userId, 'form-draft-discarded', params.id, { revision: query.revision });
      return {};
    },
    'POST /api/form-drafts/:id/publish': async ({ params, body, viewer }) => {
      const published = await forms.publish(viewer, params.id, body);
      const { version, sameMeaning } = published;
      await note(viewer.userId, 'form-published', params.id, { version, sameMeaning: sameMeaning.join(' ') });
      return published;
    },
  };
}
