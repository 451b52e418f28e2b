import type {DataCheck, StepRehearsal} from '../../core/rehearse/report.ts';
import type {Session, Signal} from '../../core/session.ts';

export async function checkLiveData(
  _live: Session,
  _step: StepRehearsal,
  _signal?: Signal,
): Promise<readonly DataCheck[]> {
  return [];
}
