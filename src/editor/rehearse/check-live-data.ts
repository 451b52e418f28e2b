import {l10n, window} from 'vscode';
import {checkLiveData} from '../../postgres/rehearse/live-data.ts';
import {checkView, type StepModel} from '../../protocol/rehearsal-model.ts';
import {failureView} from '../../protocol/run-model.ts';
import type {LiveDataView} from '../../protocol/rehearsal-view.ts';
import {selectTarget} from '../connections/pick-connection.ts';
import type {Parts} from '../parts.ts';
import type {RehearsalSession} from './rehearsal-session.ts';
import type {RehearsalSubject} from './rehearsal-subject.ts';

/** Looks whether the rows of today fit what a step wants of them; null for all steps. Reads only. */
export async function checkRowsOfToday(
  parts: Parts,
  session: RehearsalSession,
  subject: RehearsalSubject | undefined,
  step: number | null,
): Promise<void> {
  const connection = subject?.connection ?? (await selectTarget(parts));
  const {report} = session;
  if (!report) {
    void window.showInformationMessage(
      l10n.t('This report was made before the editor was restarted. Rehearse again to check the rows.'),
    );
    return;
  }
  if (!connection) return;
  const wanted = report.steps.flatMap((_, index) => (step === null || step === index ? [index] : []));
  const tell = (index: number, liveData: LiveDataView): void =>
    session.change({kind: 'live-data', step: index, liveData});
  for (const index of wanted) tell(index, {kind: 'asking'});
  const live = await parts.sessions.open(connection, {readOnly: true, ask: true});
  for (const index of wanted) {
    const rehearsed = report.steps[index];
    if (!rehearsed) continue;
    if (!live.ok) {
      tell(index, {kind: 'failed', failure: failureView(live.failure)});
      continue;
    }
    const model: StepModel = {migration: rehearsed.migration, up: []};
    const checks = await checkLiveData(live.value, rehearsed);
    tell(index, {
      kind: 'checked',
      connection: connection.name,
      checks: checks.map(check => checkView(model, check)),
    });
  }
  if (live.ok) await live.value.close();
}
