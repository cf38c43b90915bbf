import { useMutation } from '@tanstack/react-query';
import type { Campaign, CampaignSettings } from '../../../contract/campaigns.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';

type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]?: DeepPartial<T[K]> | undefined }
    : T;
export type SettingsChange = DeepPartial<CampaignSettings>;

/** Changes settings of a campaign, also while it runs. */
export function useSettings(campaign: Campaign) {
  const t = useTexts(campaigns).pace;
  const format = useFormat();
  const may = useMay();
  const { done, refused } = useOutcome();
  const save = useMutation({
    mutationFn: (change: SettingsChange) =>
      api('PATCH /api/campaigns/:id/settings', { params: { id: campaign.id }, body: { ...change } }),
    onSuccess: ({ settingsVersion }) => done(t.saved(format.number(settingsVersion)), 'campaign', 'campaigns'),
    onError: refused,
  });
  return { save, locked: !may('campaign.manage') || campaign.state === 'finished' };
}
