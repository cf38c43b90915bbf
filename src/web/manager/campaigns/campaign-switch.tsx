import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { useConfirm } from '../../shared/confirm.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Icon } from '../../shared/icons.tsx';

type Act = 'start' | 'pause' | 'finish';

/** Start, pause and finish; each asks once and says what will happen. */
export function CampaignSwitch(props: {
  id: string;
  name: string;
  state: string;
  mayFinish?: boolean;
  blocked?: boolean;
}) {
  const { id, name, state } = props;
  const t = useTexts(campaigns);
  const may = useMay();
  const confirm = useConfirm();
  const { done, refused } = useOutcome();
  const params = { id };
  const run = useMutation({
    mutationFn: (act: Act) => {
      if (act === 'start') return api('POST /api/campaigns/:id/start', { params });
      if (act === 'pause') return api('POST /api/campaigns/:id/pause', { params });
      return api('POST /api/campaigns/:id/finish', { params });
    },
    onSuccess: (_, act) =>
      done({ start: t.started, pause: t.pausedNow, finish: t.finishedNow }[act], 'campaign', 'campaigns', 'wallboard'),
    onError: refused,
  });
  if (!may('campaign.manage') || state === 'finished') return null;
  const ask = (act: Act) => {
    const words = {
      start: { title: t.startTitle(name), consequence: t.startBody, action: t.start },
      pause: { title: t.pauseTitle(name), consequence: t.pauseBody, action: t.pause },
      finish: { title: t.finishTitle(name), consequence: t.finishBody, action: t.finish },
    }[act];
    confirm({ ...words, danger: act === 'finish', act: () => run.mutateAsync(act) });
  };
  return (
    <>
      {state === 'running' ? (
        <Button icon={<Icon name="pause" />} onClick={() => ask('pause')} data-testid="pause-campaign">
          {t.pause}
        </Button>
      ) : (
        <Button
          type="primary"
          icon={<Icon name="play" />}
          disabled={props.blocked ?? false}
          onClick={() => ask('start')}
          data-testid="start-campaign"
        >
          {t.start}
        </Button>
      )}
      {props.mayFinish && state !== 'draft' ? (
        <Button danger onClick={() => ask('finish')}>
          {t.finish}
        </Button>
      ) : null}
    </>
  );
}
