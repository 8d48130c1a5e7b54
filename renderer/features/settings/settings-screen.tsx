/** Language, appearance, and the prices that net earnings need. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { failureFrom } from '#api/client/api.ts';
import type { Settings } from '#domain/settings.ts';
import { Button } from '../../components/button.tsx';
import { FailureCard } from '../../components/failure-card.tsx';
import { Choice, Field } from '../../components/field.tsx';
import { Card } from '../../components/layout/card.tsx';
import { Screen } from '../../components/layout/screen.tsx';
import { useApi } from '../../lib/api-context.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './settings-screen.module.css';

export function SettingsScreen() {
  const texts = useTexts();
  const api = useApi();
  const settings = useQuery({ queryKey: ['settings'], queryFn: () => api.settings.get.query() });
  return (
    <Screen title={texts.settings.title}>
      {settings.error && <FailureCard failure={failureFrom(settings.error)} />}
      {settings.data && <SettingsForm settings={settings.data} />}
    </Screen>
  );
}

function SettingsForm({ settings }: { settings: Settings }) {
  const texts = useTexts();
  const api = useApi();
  const queries = useQueryClient();
  const of = texts.settings;
  const [tariff, setTariff] = useState(settings.tariff?.toString() ?? '');
  const [etherPrice, setEtherPrice] = useState(settings.etherPrice?.toString() ?? '');
  const save = useMutation({
    mutationFn: (changed: Settings) => api.settings.set.mutate(changed),
    onSuccess: (_, changed) => queries.setQueryData(['settings'], changed),
  });
  const change = (part: Partial<Settings>) => save.mutate({ ...settings, ...part });
  const wrong = (text: string) => (priceOf(text) === undefined ? of.notNumber : undefined);
  return (
    <Card title={of.title}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          const [watts, ether] = [priceOf(tariff), priceOf(etherPrice)];
          if (watts !== undefined && ether !== undefined) change({ tariff: watts, etherPrice: ether });
        }}
      >
        <Choice
          label={of.language}
          value={settings.language}
          options={of.languages}
          onChange={(language) => change({ language })}
        />
        <Choice label={of.theme} value={settings.theme} options={of.themes} onChange={(theme) => change({ theme })} />
        <Field label={of.tariff} inputMode="decimal" value={tariff} wrong={wrong(tariff)} onChange={setTariff} />
        <Field
          label={of.etherPrice}
          inputMode="decimal"
          value={etherPrice}
          wrong={wrong(etherPrice)}
          onChange={setEtherPrice}
        />
        {save.error && <FailureCard failure={failureFrom(save.error)} />}
        <div className={styles.actions}>
          <Button primary submits busy={save.isPending}>
            {of.save}
          </Button>
          <span role="status">{save.isSuccess ? of.saved : ''}</span>
        </div>
      </form>
    </Card>
  );
}

/** Null for nothing, undefined for what is no price. */
function priceOf(text: string): number | null | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  return /^\d{1,7}(\.\d{1,6})?$/.test(trimmed) ? Number(trimmed) : undefined;
}
