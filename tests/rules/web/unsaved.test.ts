/** Whatever is typed into is either guarded against being lost by a slip (`shared/unsaved.ts`), or stands here with the reason why not. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const web = fileURLToPath(new URL('../../../src/web/', import.meta.url));
const typedInto = /<(?:Input(?:\.\w+)?|InputNumber|NumberField|PercentField|DateField|MomentField)\b/;

const part = 'a part of forms that are guarded';
const search = 'chooses what is shown; nothing is saved';
const question = 'asks a question; nothing is saved';
const oneName = 'one short field';
const unguarded: Record<string, string> = {
  'shared/date-fields.tsx': part,
  'shared/field.tsx': part,
  'admin/forms/editor-parts.tsx': part,
  'manager/survey/question-editor.tsx': part,
  'manager/plans/plan-fields.tsx': part,
  'manager/offers/offer-fields.tsx': part,
  'manager/segments/condition-editor.tsx': part,
  'manager/segments/new-extraction.tsx': 'a campaign, a type and a number are chosen, no words',
  'shared/survey/question-field.tsx': 'answers of a call are kept on the server as they are given',
  'inspector/judge/criterion-card.tsx': 'answers are kept on the server as they are given',
  'agent/outcome/outcome-fields.tsx': 'kept in the browser as it is typed (call/draft.ts)',
  'agent/outcome/appointment-field.tsx': 'kept in the browser as it is typed (call/draft.ts)',
  'agent/outcome/outcome-panel.tsx': 'kept in the browser as it is typed (call/draft.ts)',
  'agent/call-controls/transfer-dialog.tsx': oneName,
  'admin/users-page.tsx': search,
  'admin/audit-filter.tsx': search,
  'shared/call-filter.tsx': search,
  'manager/blacklist/blacklist-page.tsx': search,
  'manager/customers/customers-page.tsx': search,
  'manager/campaigns/contacts.tsx': search,
  'manager/summaries/week-preview.tsx': search,
  'manager/scorecards/scorecards-page.tsx': search,
  'manager/pacing/calibration-page.tsx': search,
  'client/spot-checks-page.tsx': search,
  'manager/what-if/what-if-page.tsx': question,
  'manager/what-if/windows-form.tsx': question,
  'manager/campaigns/expectation.tsx': question,
  'manager/summaries/summaries-page.tsx': 'a campaign and a day are chosen, no words',
  'manager/campaigns/upload.tsx': oneName,
  'admin/organisation-page.tsx': oneName,
  'admin/rename.tsx': oneName,
  'admin/script-editor.tsx': 'guarded by its page, which also submits it (admin/script-version-page.tsx)',
  'admin/set-password.tsx': oneName,
  'app/own-password.tsx': 'a password is not kept anywhere',
  'app/sign-in.tsx': 'a password is not kept anywhere',
};

test('every field is in a form that asks before it is left, or has its reason', () => {
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  const open = files.filter((name) => {
    const text = readFileSync(web + name, 'utf8');
    return typedInto.test(text) && !/\b(?:useUnsaved|useEdited|useAskBeforeClosing)[<(]/.test(text);
  });
  expect(open.sort()).toEqual(Object.keys(unguarded).sort());
});
