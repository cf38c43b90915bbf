import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import type { ContactList } from '../../../contract/lists.ts';
import { address, api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { useFocusBack } from '../../shared/focus-back.ts';
import { JobUnderWay } from '../../shared/long-jobs/job-progress.tsx';
import { useLongJobs, useNoticeSoon } from '../../shared/long-jobs/queries.ts';
import { ScrollBox } from '../../shared/scroll-box.tsx';
import { Failed, Loading } from '../../shared/states.tsx';

/** Every rejected line of a list with its number and reason, page by page, and as a file. */
export function RejectedLines({ list, close }: { list: ContactList; close: () => void }) {
  useFocusBack();
  const t = useTexts(campaigns).lists;
  const c = useTexts(common);
  const format = useFormat();
  const may = useMay();
  const { items: files } = useLongJobs({ kind: 'rejected-file', subjectId: list.campaignId });
  const noticeSoon = useNoticeSoon();
  const query = useInfiniteQuery({
    queryKey: ['rejected', list.id],
    queryFn: ({ pageParam, signal }) =>
      api('GET /api/lists/:id/rejected', {
        params: { id: list.id },
        query: { limit: 100, ...(pageParam === '' ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  return (
    <Modal
      title={t.rejectedTitle(list.name)}
      open
      onCancel={close}
      width={640}
      footer={
        <div className="row spread">
          {may('export') ? (
            <Button href={address('GET /api/lists/:id/rejected.csv', { params: { id: list.id } })} onClick={noticeSoon}>
              {c.download}
            </Button>
          ) : (
            <span />
          )}
          <Button type="primary" onClick={close}>
            {c.close}
          </Button>
        </div>
      }
    >
      <JobUnderWay job={files.find(({ about }) => about === list.name)} />
      {query.isPending ? <Loading /> : null}
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      <ScrollBox label={t.rejectedTitle(list.name)}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col" className="num">
                {t.line}
              </th>
              <th scope="col">{t.reason}</th>
              <th scope="col">{t.field}</th>
            </tr>
          </thead>
          <tbody>
            {(query.data?.pages ?? []).flatMap(({ items }) =>
              items.map((item) => (
                <tr key={item.line}>
                  <td className="num">{format.number(item.line)}</td>
                  <td>{word(t.reasons, item.reason)}</td>
                  <td className="muted">{word(t.reasons, item.field)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
        {query.hasNextPage ? (
          <Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {c.more}
          </Button>
        ) : null}
      </ScrollBox>
    </Modal>
  );
}
