/** The owner's key: made or brought in; its backup saved, and believed only once it was opened again. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { failureFrom } from '#api/client/api.ts';
import type { OwnerKeyState } from '#domain/owner-key.ts';
import { Button } from '../../components/button.tsx';
import { FailureCard } from '../../components/failure-card.tsx';
import { Field } from '../../components/field.tsx';
import { Hash } from '../../components/hash.tsx';
import { Card } from '../../components/layout/card.tsx';
import { useApi } from '../../lib/api-context.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './start-screen.module.css';

const shortest = 12;

export function KeyPanel({ state }: { state: OwnerKeyState }) {
  const texts = useTexts();
  return (
    <Card title={texts.key.title}>
      <div className={styles.rows}>
        <p className={styles.quiet}>{texts.key.lead}</p>
        {state.address !== null && (
          <p>
            {texts.key.address} <Hash value={state.address} what={texts.key.address} />
          </p>
        )}
      </div>
      {state.address === null ? (
        <div className={styles.forms}>
          <Create />
          <Bring />
        </div>
      ) : (
        <div className={styles.forms}>
          {!state.unlocked && <Unlock />}
          <Backup state={state} />
        </div>
      )}
    </Card>
  );
}

/** A call that leaves the key in another state; the passphrase is forgotten here as soon as it is sent. */
function useKeyCall<Input>(call: (input: Input) => Promise<OwnerKeyState>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: (state) => queries.setQueryData(['owner-key'], state),
    gcTime: 0,
  });
}

function Create() {
  const texts = useTexts();
  const api = useApi();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const create = useKeyCall((given: string) => api.ownerKey.create.mutate({ passphrase: given }));
  const tooShort = passphrase.length < shortest;
  const differ = passphrase !== again;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!tooShort && !differ) create.mutate(passphrase);
      }}
    >
      <h3>{texts.key.create}</h3>
      <Field
        label={texts.key.passphrase}
        type="password"
        autoComplete="new-password"
        value={passphrase}
        hint={texts.key.atLeast}
        wrong={tried && tooShort ? texts.key.tooShort : undefined}
        onChange={setPassphrase}
      />
      <Field
        label={texts.key.again}
        type="password"
        autoComplete="new-password"
        value={again}
        wrong={tried && !tooShort && differ ? texts.key.differ : undefined}
        onChange={setAgain}
      />
      {create.error && <FailureCard failure={failureFrom(create.error)} />}
      <Button primary submits busy={create.isPending}>
        {create.isPending ? texts.key.making : texts.key.make}
      </Button>
    </form>
  );
}

/** A keystore file and its passphrase, for whatever `call` does with them. */
function KeystoreForm({
  title,
  action,
  call,
}: {
  title: string;
  action: string;
  call(given: { keystore: string; passphrase: string }): Promise<OwnerKeyState>;
}) {
  const texts = useTexts();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const sending = useKeyCall(async (chosen: File) => call({ keystore: await chosen.text(), passphrase }));
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (file) sending.mutate(file);
      }}
    >
      <h3>{title}</h3>
      <Field
        label={texts.key.file}
        type="file"
        accept=".json,application/json"
        required
        onInput={(event) => setFile(event.currentTarget.files?.[0])}
      />
      <Field
        label={texts.key.passphrase}
        type="password"
        autoComplete="current-password"
        required
        value={passphrase}
        onChange={setPassphrase}
      />
      {sending.error && <FailureCard failure={failureFrom(sending.error)} />}
      <Button submits busy={sending.isPending}>
        {action}
      </Button>
    </form>
  );
}

function Bring() {
  const texts = useTexts();
  const api = useApi();
  return (
    <KeystoreForm title={texts.key.bring} action={texts.key.open} call={(given) => api.ownerKey.bring.mutate(given)} />
  );
}

function Unlock() {
  const texts = useTexts();
  const api = useApi();
  const [passphrase, setPassphrase] = useState('');
  const unlock = useKeyCall((given: string) => api.ownerKey.unlock.mutate({ passphrase: given }));
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        unlock.mutate(passphrase);
      }}
    >
      <h3>{texts.key.unlock}</h3>
      <p className={styles.warn}>{texts.key.locked}</p>
      <Field
        label={texts.key.passphrase}
        type="password"
        autoComplete="current-password"
        required
        value={passphrase}
        onChange={setPassphrase}
      />
      {unlock.error && <FailureCard failure={failureFrom(unlock.error)} />}
      <Button primary submits busy={unlock.isPending}>
        {texts.key.unlock}
      </Button>
    </form>
  );
}

function Backup({ state }: { state: OwnerKeyState }) {
  const texts = useTexts();
  const api = useApi();
  const [trying, setTrying] = useState(false);
  const save = useMutation({
    mutationFn: () => api.ownerKey.backup.mutate(),
    onSuccess: ({ name, keystore }) => {
      saveFile(name, keystore);
      setTrying(true);
    },
  });
  if (state.backupTried) return <p className={styles.good}>{texts.key.tried}</p>;
  return (
    <>
      <div className={styles.form}>
        <h3>{texts.key.save}</h3>
        <p className={styles.warn}>{texts.key.untried}</p>
        {save.data && (
          <p className={styles.quiet}>
            {texts.key.saved} {save.data.name}
          </p>
        )}
        {save.error && <FailureCard failure={failureFrom(save.error)} />}
        <Button onPress={() => save.mutate()} busy={save.isPending}>
          {texts.key.save}
        </Button>
      </div>
      {trying && (
        <div className={styles.form}>
          <KeystoreForm
            title={texts.key.tryIt}
            action={texts.key.tryIt}
            call={(given) => api.ownerKey.tryBackup.mutate(given)}
          />
          <p className={styles.quiet}>{texts.key.tryLead}</p>
        </div>
      )}
    </>
  );
}
