/** What goes out when an owner asks for help, shown whole before it is saved. */
import { useQuery } from '@tanstack/react-query';
import { failureFrom } from '#api/client/api.ts';
import { Button } from '../../components/button.tsx';
import { FailureCard } from '../../components/failure-card.tsx';
import { Icon } from '../../components/icon.tsx';
import { Screen } from '../../components/layout/screen.tsx';
import { useApi } from '../../lib/api-context.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './diagnostics-screen.module.css';

export function DiagnosticsScreen() {
  const texts = useTexts();
  const api = useApi();
  const gathered = useQuery({ queryKey: ['diagnostics'], queryFn: () => api.diagnostics.get.query() });
  const text = gathered.data && `${JSON.stringify(gathered.data, null, 2)}\n`;
  return (
    <Screen
      title={texts.diagnostics.title}
      lead={texts.diagnostics.lead}
      actions={
        text && (
          <Button primary onPress={() => saveFile('diagnostics.json', text)}>
            <Icon name="save" />
            {texts.diagnostics.save}
          </Button>
        )
      }
    >
      {gathered.error && <FailureCard failure={failureFrom(gathered.error)} />}
      {text && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <pre className={styles.text} tabIndex={0}>
          {text}
        </pre>
      )}
    </Screen>
  );
}
