import './admin.css';
import './forms/forms.css';
import type { PageProps } from '../app/pages.ts';
import { admin } from '../i18n/admin/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { Page } from '../shared/page.tsx';
import { kinds } from './forms/draft.ts';
import { FormList } from './forms/form-list.tsx';
import { FormPage } from './forms/form-page.tsx';
import { ReasonList } from './reason-lists.tsx';

/** By what is judged, and the reasons that people choose from. */
export default function FormsPage({ id }: PageProps) {
  const t = useTexts(admin).forms;
  const kind = kinds.find((each) => each === id);
  if (kind !== undefined) return <FormPage key={kind} kind={kind} />;
  return (
    <Page title={t.title} intro={t.intro}>
      <div className="grid main-side">
        <div className="column">
          <FormList />
        </div>
        <div className="column">
          <ReasonList list="refusal-reasons" />
          <ReasonList list="break-reasons" />
        </div>
      </div>
    </Page>
  );
}
