import {
  createHost,
  type ChannelProblem,
  type EventValue,
  type Host,
  type Port,
} from '../../src/protocol/channel.ts';
import {healthContract, type HealthContract, type HealthView} from '../../src/protocol/health-panel.ts';
import {someFindings, someGrades, someTitles} from './health-findings.ts';
import {someStatementsBefore} from './health-statements.ts';
import {at} from './health-units.ts';
import {someReading, someSamples} from './health-values.ts';

type Changed = EventValue<HealthContract, 'changed'>;

export function healthView(change: Partial<HealthView> = {}): HealthView {
  return {
    connection: {
      id: 'c1',
      name: 'shop',
      environment: 'production',
      address: 'app@db.example.com:5432/shop',
      readOnly: false,
    },
    watching: {kind: 'live'},
    interval: 5000,
    reading: someReading,
    findings: someFindings,
    grades: someGrades,
    unseen: [
      {
        title: 'Passwords that are not SCRAM',
        why: 'Only a superuser sees how passwords are stored.',
        advice: 'Look once as a superuser.',
      },
    ],
    samples: someSamples(120),
    events: [
      {at: at - 3_600_000, text: 'The statistics of statements were reset.'},
      {at: at - 900_000, text: 'Connected again.'},
    ],
    cost: {
      live: {serverMs: 14.2, elapsedMs: 31, rows: 310, statements: 9},
      whole: {serverMs: 812, elapsedMs: 1400, rows: 12_400, statements: 41},
    },
    wholeAt: Date.now() - 90_000,
    looking: false,
    generation: 3,
    maintenance: [],
    notice: null,
    titles: someTitles,
    statementsBefore: someStatementsBefore,
    ...change,
  };
}

/** What the page has before the server answered for the first time. */
export const nothingYet: Partial<HealthView> = {
  watching: {kind: 'connecting', since: Date.now()},
  reading: {},
  findings: [],
  grades: [],
  unseen: [],
  samples: [],
  events: [],
  cost: {},
  wholeAt: null,
};

/** The host's side of a health panel, whose course the test directs. */
export class DirectedHealth {
  /** What the page asked of the host, in order: `name params`. */
  readonly asked: string[] = [];
  readonly channelProblems: ChannelProblem[] = [];
  view: HealthView;
  #host: Host<HealthContract> | undefined;

  constructor(change: Partial<HealthView> = {}) {
    this.view = healthView(change);
  }

  readonly connect = (port: Port): void => {
    const act =
      (name: string) =>
      (params: unknown): null => {
        this.asked.push(params === null ? name : `${name} ${JSON.stringify(params)}`);
        return null;
      };
    this.#host = createHost(
      healthContract,
      {
        ready: () => ({view: this.view, now: Date.now()}),
        refresh: act('refresh'),
        pause: act('pause'),
        setInterval: act('setInterval'),
        retry: act('retry'),
        cancelBackend: act('cancelBackend'),
        terminateBackend: act('terminateBackend'),
        act: act('act'),
        maintain: act('maintain'),
        cancelMaintenance: act('cancelMaintenance'),
        dismissMaintenance: act('dismissMaintenance'),
        explain: act('explain'),
        openQuery: act('openQuery'),
        reveal: act('reveal'),
        openIndexes: act('openIndexes'),
        openCheck: act('openCheck'),
        report: act('report'),
        enableStatements: act('enableStatements'),
        copy: act('copy'),
      },
      port,
      problem => this.channelProblems.push(problem),
    );
  };

  change({view = {}, reading = {}, samples = []}: Partial<Changed>): void {
    this.#host?.emit('changed', {view, reading, samples, now: Date.now()});
  }

  show(place: EventValue<HealthContract, 'show'>): void {
    this.#host?.emit('show', place);
  }
}
