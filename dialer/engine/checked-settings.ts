import { DialerError } from '../errors.ts';
import { type CampaignSettings, campaignSettings } from '../rules/campaign-settings.ts';

/** A document as settings, with what it leaves out. @throws DialerError settings-invalid, naming every field at fault */
export function checkedSettings(document: unknown): CampaignSettings {
  const parsed = campaignSettings.safeParse(document);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => ({
    code: message,
    field: `settings.${path.join('.')}`,
  }));
  throw new DialerError('settings-invalid', 'Some settings are not possible.', { faults });
}
