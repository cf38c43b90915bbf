/** In which language a call is spoken: the customer's, which is the campaign's, whatever language the agent's page is in. */
import { useState } from 'react';
import type { DeskCampaign } from '../../../contract/agent-desk.ts';
import { type Locale, locales, useLocale } from '../../i18n/locale.tsx';
import { readLocal, writeLocal } from '../../shared/local.ts';
import { spokenAs } from '../../shared/spoken-as.ts';

export type SpokenLanguage = { spoken: Locale; speak: (language: Locale) => void };

/** The agent may choose the other language; the last choice stays for campaigns of the same one. */
export function useSpokenLanguage(campaign: DeskCampaign | null): SpokenLanguage {
  const { locale } = useLocale();
  const own = (campaign === null ? null : spokenAs(campaign.language)) ?? locale;
  const [chosen, choose] = useState<{ own: Locale; language: Locale } | null>(null);
  const place = `script-language-of-${own}`;
  const kept = locales.find((one) => one === readLocal(place));
  return {
    spoken: (chosen?.own === own ? chosen.language : kept) ?? own,
    speak: (language) => {
      writeLocal(place, language);
      choose({ own, language });
    },
  };
}
